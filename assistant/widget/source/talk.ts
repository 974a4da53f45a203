/* The texts around the conversation: greeting, consent, the line above the box, what this chat is. */

import { topics } from "./answer";
import { type Child, h } from "./dom";
import type { Host } from "./host";
import { button } from "./reply";
import type { Kept } from "./store";
import type { Strings } from "./strings/en";
import type { About, Topic } from "./wire";
import { fill } from "./words";

const link = (address: string, text: string): HTMLElement =>
  h("a", { href: address, target: "_blank", rel: "noreferrer noopener" }, text);

/** What becomes of what is typed, and the club's note on that. */
function privacy(host: Host, { keeps, privacy_note }: About, words: Strings): Child {
  const note = host.option("privacy") || privacy_note;
  return [
    h(
      "p",
      {},
      keeps ? fill(keeps.words ? words.kept : words.keptWordless, keeps.days) : words.unkept,
    ),
    h("p.link", {}, /^https?:/i.test(note) ? link(note, words.privacy) : note),
  ];
}

export function greeting(host: Host, about: About, words: Strings): Child {
  const own = host.option("suggestions");
  const examples: Topic[] =
    own === null
      ? about.examples.slice(0, 6)
      : own
          .split("\n")
          .map((line) => line.trim())
          .filter(Boolean)
          .slice(0, 6)
          .map((question) => ({ name: question, question }));
  return [
    h("p.hello", {}, host.option("greeting") || words.greeting),
    h("p", {}, words.lead),
    topics(examples),
    h("p.small", {}, words.danger),
    h("div.small", {}, privacy(host, about, words)),
  ];
}

/** Whose machine would read along, and whether the reader agrees: asked before anything is sent there. */
export function consent({ model }: About, chat: Kept, words: Strings): Child {
  if (!model?.asks_consent) return false;
  const who = model.served_by || model.name;
  if (chat.agreed === null) {
    return [
      h("h3", {}, fill(words.mayRead, who)),
      h("p", {}, fill(words.mayReadMore, model.name)),
      h("div.foot", {}, button("agree", words.agree), button("refuse", words.refuse)),
    ];
  }
  const [said, does, other] = chat.agreed
    ? [fill(words.agreed, who), "refuse", words.refuse]
    : [words.refused, "agree", words.agree];
  return h("div.foot", {}, h("span", {}, said), button(does, other));
}

export function notice(host: Host, words: Strings): Child {
  return [h("span", {}, words.notice), link(`${host.base}safety`, words.checks)];
}

/** What becomes of what is typed here, and how it is undone. */
export function fine(host: Host, about: About, chat: Kept, words: Strings): Child {
  const { contact, review } = about;
  return [
    h("p", {}, h("strong", {}, words.notice)),
    h("p", {}, words.danger),
    review && h("p", { lang: "en" }, `Warnings: ${review}.`),
    contact && h("p", {}, contact),
    chat.chat && h("p", {}, fill(words.code, chat.chat)),
    privacy(host, about, words),
    h("div.foot", {}, button("erase", words.erase)),
  ];
}
