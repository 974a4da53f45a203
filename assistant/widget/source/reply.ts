/* One turn, drawn from what has been heard of it. Pure: nothing but elements made of a turn. */

import { answer, topics } from "./answer";
import { type Child, english, h } from "./dom";
import { shown } from "./plain";
import type { Strings } from "./strings/en";
import type { Turn } from "./turn";
import { notes, warning } from "./warning";
import { fill } from "./words";

export function button(
  does: string,
  text: string,
  more: Record<string, string | boolean> = {},
): HTMLElement {
  return h("button.act", { type: "button", "data-do": does, ...more }, text);
}

export function drawn(turn: Turn, words: Strings, place: number, rated: boolean): HTMLElement {
  const over = turn.state !== "asking" && turn.state !== "lost";
  return h(
    "article.turn",
    { "data-turn": place, "data-state": turn.state, "aria-busy": !over && "true" },
    h("h3.asked", { tabindex: -1, dir: "auto", lang: "" }, turn.question),
    h("div.warned", {}, warning(turn.warned)),
    body(turn, words),
    h(over ? "p.box.halted" : "p.waiting", turn.told ? english : {}, state(turn, words)),
    over && foot(turn, words, rated),
  );
}

function body(turn: Turn, words: Strings): Child {
  const { reply } = turn;
  const items = shown(turn);
  if (items.length)
    return h("div.body", {}, author(turn, words), answer(items, words), below(turn, words));
  if (!reply) return h("div.body");
  return h(
    "div.body",
    {},
    reply.prompt && h("p.lead", english, reply.prompt),
    topics(reply.choices ?? []),
    reply.message && reply.reply === "abstention" && h("p.lead", english, reply.message),
    reply.ask && h("p", english, reply.ask),
    below(turn, words),
  );
}

function author(turn: Turn, words: Strings): Child {
  const writing = turn.reply?.writing;
  const model = turn.front === "worded" && fill(words.byModel, writing?.model || "…");
  return [
    h("p.author", {}, model || words.byQuotes),
    writing?.failure && h("p.author", english, writing.failure),
  ];
}

/** What stands below an answer once it is whole. */
function below({ reply }: Turn, words: Strings): Child {
  if (!reply) return false;
  const { uncovered = [], nearby = [] } = reply;
  return [
    notes(reply.notes ?? [], words),
    uncovered.length > 0 &&
      h(
        "div.box.halted",
        {},
        h("h4", {}, words.uncovered),
        h(
          "ul",
          { lang: "", dir: "auto" },
          uncovered.map((each) => h("li", {}, each)),
        ),
      ),
    nearby.length > 0 && h("div.greeting", {}, h("h4", {}, words.nearby), topics(nearby)),
  ];
}

/** What is going on, or why there is no more. */
export function state({ state: now, place, told, code }: Turn, words: Strings): string {
  if (now === "lost" || now === "stopped") return words[now];
  if (now === "asking") return place ? fill(words.line, place) : words.looking;
  return now === "failed" ? told || reason(code, words) : "";
}

export function reason(code: string | undefined, words: Strings): string {
  if (code === "offline" || code === "origin") return words[code];
  return code === "lost" || code === "broke_off" ? words.broke : words.failed;
}

function foot(turn: Turn, words: Strings, rated: boolean): HTMLElement {
  const both = turn.quotes.length > 0 && turn.worded.length > 0;
  const over = turn.front === "quotes" ? words.toWorded : words.toQuotes;
  const done = turn.state === "done";
  return h(
    "div.foot",
    {},
    both && button("turn", over),
    done && button("copy", words.copy),
    button("again", done ? words.repeat : words.again),
    done && rated && thoughts(turn, words),
  );
}

function thoughts(turn: Turn, words: Strings): HTMLElement {
  const thumb = (which: string, text: string) =>
    button("thumb", text, { "data-thumb": which, "aria-pressed": `${turn.thumb === which}` });
  return h(
    "div.foot",
    { role: "group", "aria-label": words.helped },
    h("span", {}, words.helped),
    thumb("up", words.yes),
    thumb("down", words.no),
  );
}
