/* An answer: who says what, every sentence with the numbers of its sources. As on Soleus's own page. */

import { type Child, english, h } from "./dom";
import type { Strings } from "./strings/en";
import type { Citation, Item, Sentence, Topic } from "./wire";
import { fill } from "./words";

/** Who says it, and in what sort of text. */
export function badge(from: { kind: string; speaker: string }, words: Strings): string {
  return from.kind === "article" ? words.article : `${words.post} · ${from.speaker}`;
}

export const wordingOf = (wording: string, words: Strings): string =>
  wording === "our summary" ? words.summary : words.quoted;

/** Every citation once, by its number. */
export function citationsOf(items: Item[]): Citation[] {
  const found = new Map<number, Citation>();
  for (const item of items) {
    for (const { citations } of item.sentences) {
      for (const each of citations) if (!found.has(each.marker)) found.set(each.marker, each);
    }
  }
  return [...found.values()];
}

const speaker = (item: Item) => item.sentences[0]?.citations[0];
const voice = (item: Item) => {
  const { passage = "", speaker: who = "" } = speaker(item) ?? {};
  return `${passage.replace(/:[^:]*$/, "")} ${who}`;
};
const disputed = (item: Item) => item.kind === "disagreement";

/** Whether readers must be told who speaks: not when the same words just said so. */
export function introduces(item: Item, before: Item | undefined): boolean {
  return (
    !before ||
    [item.kind, item.attribution, item.group].join() !==
      [before.kind, before.attribution, before.group].join() ||
    voice(item) !== voice(before)
  );
}

/** Runs of neighbours that share a key. */
function runs<T>(all: T[], key: (one: T) => string): T[][] {
  const found: T[][] = [];
  all.forEach((one, place) => {
    const before = all[place - 1];
    if (before !== undefined && key(before) === key(one)) found.at(-1)?.push(one);
    else found.push([one]);
  });
  return found;
}

export function answer(items: Item[], words: Strings): HTMLElement {
  const there = items.filter((item) => item?.sentences.length);
  const blocks = runs(there, (item) => (disputed(item) ? `!${item.group}` : voice(item)));
  return h(
    "div.answer",
    english,
    blocks.map((block) => {
      const [first] = block as [Item];
      if (!disputed(first)) {
        const body = block.map((item, place) => part(item, block[place - 1], words));
        return h(`section.box.${speaker(first)?.kind}`, {}, heading(first, words, "h4"), body);
      }
      const sides = block.map((side) =>
        h(
          `div.box.${speaker(side)?.kind}`,
          {},
          heading(side, words, "h5"),
          part(side, undefined, words),
        ),
      );
      const about = first.group && `: ${first.group}`;
      return h("section.dispute", {}, h("h4", {}, words.disagree, about), sides);
    }),
  );
}

function heading(item: Item, words: Strings, tag: string): Child {
  const said = speaker(item);
  return (
    said &&
    h(
      `${tag}.who`,
      {},
      h(`span.badge.${said.kind}`, {}, badge(said, words)),
      ` ${wordingOf(said.wording, words)} `,
      h("cite", {}, said.title),
    )
  );
}

function part(item: Item, before: Item | undefined, words: Strings): HTMLElement {
  const opening = introduces(item, before) && [
    item.kind === "product" && h("p.product", {}, words.product),
    h("p.said", {}, item.attribution),
  ];
  const body =
    item.kind === "procedure"
      ? [
          framed(
            item.sentences,
            h(
              "ol",
              {},
              steps(item.sentences).map((step) => h("li", {}, spaced(step, words))),
            ),
          ),
        ]
      : runs(item.sentences, (one) => one.origin).map((run) =>
          framed(run, h("p", {}, spaced(run, words))),
        );
  return h(`div.item.${item.kind}`, {}, opening, body);
}

/** Sentences of one step stay in one step; where the shelf numbers none, each is one. */
function steps(sentences: Sentence[]): Sentence[][] {
  return runs(sentences, (one) =>
    one.step === null ? `at ${sentences.indexOf(one)}` : `${one.step}`,
  );
}

/** The shelf's words stand in a quotation, a language model's do not. */
function framed(sentences: Sentence[], inside: HTMLElement): HTMLElement {
  const own = sentences.some((one) => one.origin === "written");
  return h(own ? "div.written" : "blockquote", {}, inside);
}

/* A word joiner: in old pages' quirks mode a line without text of its own is lower than others. */
const spaced = (sentences: Sentence[], words: Strings) =>
  sentences.map((one) => [one.text, cites(one.citations, words), "\u2060 "]);

/** The numbers after a sentence, each a button that opens its passage. */
export function cites(citations: Citation[], words: Strings): HTMLElement {
  return h(
    "span.cites",
    {},
    citations.map((one) =>
      h(
        `button.cite.${one.kind}`,
        {
          type: "button",
          "data-do": "cite",
          "data-marker": one.marker,
          "aria-label": `${fill(words.source, one.marker)}: ${badge(one, words)}, ${one.title}`,
        },
        `${one.marker}`,
      ),
    ),
  );
}

/** Questions to press. */
export const topics = (all: Topic[]): Child =>
  all.length > 0 &&
  h(
    "ul.topics",
    english,
    all.map(({ name, question }) => {
      const more = question.toLowerCase() !== name.toLowerCase() && h("span", {}, question);
      const shown = { type: "button", "data-do": "ask", "data-question": question };
      return h("li", {}, h("button.topic", shown, h("strong", {}, name), more));
    }),
  );
