/* Warnings, and notes of ours: the server's fixed words as they are, the action first, numbers to tap. English. */

import { english, h } from "./dom";
import type { Strings } from "./strings/en";
import type { Note, Notice, Source, Warned } from "./wire";

const LEVELS: Record<string, string> = {
  emergency: "Emergency",
  urgent: "Urgent",
  see_professional: "See a professional",
};
const paragraph = (kind: string, text: string) => text && h(`p.${kind}`, { dir: "auto" }, text);

export function warning(warned: Warned | null | undefined): Node[] {
  if (!warned) return [];
  const { alert, unchecked } = warned;
  const notices = alert?.notices ?? [];
  const own = foreignLines(warned);
  return [
    unchecked ? h("p.box.alarm.unchecked", { lang: "en" }, unchecked) : "",
    ...notices.map((notice, place) => card(notice, place > 0)),
    // An empty lang says "not known": no screen reader then speaks it as if it were English.
    own.length &&
      h(
        "div.box.alarm",
        { lang: "", dir: "auto" },
        own.map((line) => h("p", {}, line)),
      ),
  ].filter((each) => each instanceof Node) as Node[];
}

/** Fixed words in the reader's own language, less what the warning has said in it already. */
function foreignLines({ alert, foreign }: Warned): string[] {
  const said = (alert?.notices ?? []).map((notice) => notice.act);
  return foreign.split("\n").filter((line) => line.trim() && !said.includes(line));
}

function card(notice: Notice, also: boolean): HTMLElement {
  const { level, act, because, avoid, meanwhile } = notice;
  const later = (number: string) => meanwhile.includes(number) && !act.includes(number);
  const calls = (wanted: boolean) => {
    const shown = notice.calls.filter(({ dial, number }) => dial && later(number) === wanted);
    return shown.map(({ dial, number }) => h("a.call", { href: `tel:${dial}` }, `Call ${number}`));
  };
  const small = [basedOn(notice.sources), h("p", {}, `Reviewed by: ${notice.reviewed_by}`)];
  return h(
    `section.box.alarm.${level}`,
    english,
    h("h4", {}, (also ? "Also: " : "") + (LEVELS[level] ?? level)),
    paragraph("do", act),
    calls(false),
    [because, avoid, meanwhile].map((text) => paragraph("rest", text)),
    calls(true),
    h("div.small", {}, small),
  );
}

const basedOn = (sources: Source[]) =>
  sources.length > 0 && [
    h("p", {}, "Based on:"),
    h(
      "ul",
      {},
      sources.map(({ organisation, title, checked, address }) =>
        h(
          "li",
          {},
          `${organisation}: ${title}${checked ? `, checked ${checked}` : ""}${address && ` · ${address}`}`,
        ),
      ),
    ),
  ];

/** The heading a note stands below. */
export const leadOf = (note: Note, words: Strings): string =>
  note.id.startsWith("signs-") ? words.signs : words.evidence;

/** Notes, clearly apart from what the texts say. */
export function notes(all: Note[], words: Strings): Node[] {
  return [words.signs, words.evidence].flatMap((lead) => {
    const below = all.filter((note) => leadOf(note, words) === lead);
    if (!below.length) return [];
    return h(
      "div.box.halted",
      { role: "note" },
      h("h4", {}, lead),
      h("p.small", {}, words.own),
      below.map((note) =>
        h(
          "div",
          english,
          h("h5", {}, note.about),
          h("p", {}, note.text),
          h("div.small", {}, basedOn(note.sources)),
        ),
      ),
    );
  });
}

/** A warning as one announcement. */
export function spokenWarning(warned: Warned): string {
  const notices = warned.alert?.notices ?? [];
  const said = notices.map((notice) =>
    [
      `${LEVELS[notice.level] ?? notice.level}.`,
      notice.act,
      notice.because,
      notice.avoid,
      notice.meanwhile,
    ].join(" "),
  );
  return [warned.unchecked, ...said, ...foreignLines(warned)].join(" ").trim();
}
