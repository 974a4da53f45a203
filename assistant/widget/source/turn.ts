/* One question and what has been heard of its reply: only data, so that it can be kept and shown again. */

import type { Heard } from "./server";
import type { Item, Reply, Version, Warned } from "./wire";

export type State = "asking" | "lost" | "done" | "stopped" | "failed";

export interface Turn {
  question: string;
  state: State;
  quotes: Item[];
  worded: Item[];
  /** Which of the two is shown: the one that came first, until the reader turns it over. */
  front: Version;
  /** The server's name for it. */
  id?: string;
  /** Why it failed: a code, and the server's words if it had any. */
  code?: string;
  told?: string;
  warned?: Warned | null;
  /** How many stand before it in line. */
  place?: number;
  reply?: Reply;
  thumb?: string;
}

export const newTurn = (question: string): Turn => ({
  question,
  state: "asking",
  quotes: [],
  worded: [],
  front: "quotes",
});

/** What an event changes. */
export function hear(turn: Turn, heard: Heard): void {
  switch (heard.kind) {
    case "turn":
      turn.id = heard.turn;
      break;
    case "lost":
      turn.state = "lost";
      break;
    case "found":
      turn.state = "asking";
      break;
    case "anew":
      Object.assign(turn, { state: "asking", quotes: [], worded: [] });
      break;
    case "warning":
      turn.warned = heard.data;
      break;
    case "waiting":
      turn.place = heard.data.place ?? 0;
      break;
    case "restart":
      turn[heard.data.version] = [];
      break;
    case "sentence": {
      const { version, item: place, kind, attribution, group, ...sentence } = heard.data;
      if (!turn.quotes.length && !turn.worded.length) turn.front = version;
      const items = turn[version];
      items[place] ??= { kind, attribution, group, sentences: [] };
      items[place].sentences.push(sentence);
      break;
    }
    case "done":
      end(turn, heard.data);
  }
}

function end(turn: Turn, reply: Reply): void {
  const { items = [], quotes = [] } = reply;
  // Where the items are a model's words, the quotes come apart.
  const worded = quotes.length > 0;
  if (!turn.quotes.length && !turn.worded.length) turn.front = worded ? "worded" : "quotes";
  turn.quotes = worded ? quotes : items;
  turn.worded = worded ? items : [];
  if (!worded) turn.front = "quotes";
  turn.state = "done";
  const { alert, foreign } = reply;
  turn.warned = { alert, foreign, unchecked: turn.warned?.unchecked ?? "" };
  turn.reply = reply;
}
