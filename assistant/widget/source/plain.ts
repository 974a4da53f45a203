/* A turn in plain words: what a screen reader hears, and what is copied. */

import { badge, citationsOf, introduces } from "./answer";
import type { Strings } from "./strings/en";
import type { Turn } from "./turn";
import { leadOf, spokenWarning } from "./warning";
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

/** Whole sentences in the order in which they are announced. While a turn grows, this does.
    `cited`: with the numbers of their sources. */
export function spoken(turn: Turn, words: Strings, cited = false): string[] {
  const items = shown(turn);
  const { reply } = turn;
  const said = items.flatMap((item, place) =>
    item.sentences.map(({ text, citations }, first) => {
      const before = first ? "" : opening(item, items[place - 1], words);
      const after = cited ? citations.map(({ marker }) => `[${marker}]`).join("") : "";
      return `${before} ${text} ${after}`.trim();
    }),
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

/** A whole turn, with who stands behind the numbers. */
export const copied = (turn: Turn, words: Strings): string =>
  [
    turn.question,
    turn.warned && spokenWarning(turn.warned),
    ...spoken(turn, words, true),
    ...citationsOf(shown(turn)).map((one) => `[${one.marker}] ${badge(one, words)}: ${one.title}`),
    words.notice,
  ]
    .filter(Boolean)
    .join("\n");
