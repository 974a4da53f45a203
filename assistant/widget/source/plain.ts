/* A turn in plain words: what a screen reader hears. */

import { introduces } from "./answer";
import type { Strings } from "./strings/en";
import type { Turn } from "./turn";
import { leadOf } from "./warning";
import type { Item } from "./wire";

export const shown = (turn: Turn): Item[] => turn[turn.front].filter((item) => item);

/** What is said before an item's first sentence; nothing where the item before has just said so. */
function opening(item: Item, before: Item | undefined, words: Strings): string {
  if (!introduces(item, before)) return "";
  const disputed =
    item.group && before?.group !== item.group && `${words.disagree}: ${item.group}.`;
  const product = item.kind === "product" && `${words.product}.`;
  return [disputed, product, item.attribution].filter(Boolean).join(" ");
}

/** Whole sentences in the order in which they are announced. While a turn grows, this does. */
export function spoken(turn: Turn, words: Strings): string[] {
  const items = shown(turn);
  const { reply } = turn;
  const said = items.flatMap((item, place) =>
    item.sentences.map(({ text }, first) =>
      first ? text : `${opening(item, items[place - 1], words)} ${text}`.trim(),
    ),
  );
  if (!reply) return said;
  const { uncovered = [], notes = [], prompt = "", ask = "" } = reply;
  // That of an emergency is its warning.
  const message = reply.reply === "abstention" && reply.message;
  const choices = reply.choices ?? reply.nearby ?? [];
  return [
    ...said,
    prompt,
    message,
    ask,
    ...notes.map((note) => `${leadOf(note, words)}: ${note.about}. ${note.text}`),
    ...uncovered.map((each) => `${words.uncovered}: ${each}.`),
    choices.map(({ name }) => name).join("; "),
  ].filter((each): each is string => Boolean(each));
}
