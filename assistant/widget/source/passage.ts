/* The words behind a citation, marked in their passage. */

import { badge, wordingOf } from "./answer";
import { type Child, english, h } from "./dom";
import type { Strings } from "./strings/en";
import type { Citation, Passage } from "./wire";

function head(from: Citation | Passage, words: Strings): Child {
  return [
    h(
      "p.who",
      {},
      h(`span.badge.${from.kind}`, {}, badge(from, words)),
      ` ${wordingOf(from.wording, words)}`,
    ),
    h("p.document", english, from.title),
  ];
}

export function passage(found: Passage, words: Strings): Child {
  const [from, to] = found.marked;
  const { text, author, address } = found;
  const link = /^https?:/i.test(address)
    ? h("a", { href: address, target: "_blank", rel: "noreferrer noopener" }, address)
    : address;
  return [
    head(found, words),
    found.section && h("p.section", english, found.section),
    h(
      "blockquote.whole",
      english,
      text.slice(0, from),
      from < to && h("mark", {}, text.slice(from, to)),
      text.slice(to),
    ),
    h("p.small", english, found.tier_note),
    h("p.small", english, found.wording_note),
    author && h("p.small", english, author),
    address !== "unknown" && h("p.small", {}, link),
  ];
}

/** What is known of it without the server. */
export function quoted(cited: Citation, words: Strings): Child {
  return [
    head(cited, words),
    h("p", {}, words.failed),
    h("blockquote.whole", english, h("mark", {}, cited.quote)),
  ];
}
