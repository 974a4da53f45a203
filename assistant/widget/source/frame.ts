/* The chat's frame: where everything stands. In a corner of the screen it is a dialog: over everything and modal on
   phones, beside the page elsewhere. In a page it is a section of that. */

import { h, icon } from "./dom";
import type { Host } from "./host";
import type { Speech } from "./speech";
import type { Strings } from "./strings/en";
import { notice } from "./talk";

const CROSS = "M6 6l12 12M18 6L6 18";
const ROUND = "M12 3a9 9 0 1 0 .1 0zM12 11v6M12 7v.2";
const PLUS = "M4 5h16v11H9l-5 4zM12 8v5M9.5 10.5h5";
const ARROW = "M4 12h15M13 6l6 6-6 6";
const SQUARE = "M7 7h10v10H7z";

export interface Frame {
  panel: HTMLElement;
  title: HTMLElement;
  /** Greeting, consent and turns, which scroll. */
  log: HTMLElement;
  greeting: HTMLElement;
  consent: HTMLElement;
  turns: HTMLElement;
  /** What lies over them: a passage, or what this chat is. */
  sheet: HTMLElement;
  form: HTMLFormElement;
  box: HTMLTextAreaElement;
  stop: HTMLElement;
  send: HTMLElement;
}

export function frame(host: Host, words: Strings, speech: Speech): Frame {
  const bar = (does: string, label: string, drawing: string) =>
    h(
      "button.icon",
      { type: "button", "data-do": does, "aria-label": label, title: label },
      icon(drawing),
    );
  const title = h("h2", { id: "title", tabindex: -1 });
  const greeting = h("div.greeting");
  const consent = h("div.consent");
  const turns = h("div.turns");
  const log = h(
    "div.log",
    { tabindex: 0, role: "group", "aria-labelledby": "title" },
    consent,
    greeting,
    turns,
  );
  const sheet = h("div.sheet", { hidden: true, role: "group", "aria-labelledby": "sheet-title" });
  const box = h("textarea", {
    id: "box",
    rows: 1,
    maxlength: 8000,
    placeholder: words.placeholder,
  });
  const send = h("button.icon", { "aria-label": words.send, title: words.send }, icon(ARROW));
  const stop = bar("stop", words.stop, SQUARE);
  stop.hidden = true;
  const label = h("label.sr", { for: "box" }, words.label);
  const form = h(
    "form",
    {},
    h("p.notice", {}, notice(host, words)),
    label,
    h("div.line", {}, box, send, stop),
  );
  const head = h(
    "header",
    {},
    title,
    bar("about", words.about, ROUND),
    bar("fresh", words.fresh, PLUS),
    // What is open from the start stays so.
    !host.element.hasAttribute("open") && bar("close", words.close, CROSS),
  );
  const panel = h(
    host.inline ? "section.panel.inline" : "dialog.panel",
    { "aria-labelledby": "title", popover: host.inline ? null : "manual" },
    head,
    h("div.middle", {}, log, sheet),
    form,
    speech.polite,
    speech.urgent,
  );
  return {
    panel,
    title,
    log,
    greeting,
    consent,
    turns,
    sheet,
    form: form as HTMLFormElement,
    box: box as HTMLTextAreaElement,
    stop,
    send,
  };
}
