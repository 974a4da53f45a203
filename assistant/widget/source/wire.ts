/* What the server sends: docs/api.md and docs/reply.schema.json, as far as the widget shows it. */

export interface Citation {
  marker: number;
  quote: string;
  start: number;
  end: number;
  passage: string;
  title: string;
  kind: string;
  wording: string;
  speaker: string;
}

export interface Sentence {
  text: string;
  origin: string;
  /** The step of a procedure it stands in, where the shelf numbers any. */
  step: number | null;
  citations: Citation[];
}

export interface Item {
  kind: string;
  attribution: string;
  group: string;
  sentences: Sentence[];
}

export interface Source {
  organisation: string;
  title: string;
  checked: string | null;
  address: string;
}

export interface Note {
  id: string;
  about: string;
  text: string;
  sources: Source[];
}

export interface Notice {
  level: string;
  act: string;
  because: string;
  avoid: string;
  meanwhile: string;
  calls: { number: string; dial: string }[];
  sources: Source[];
  reviewed_by: string;
}

export interface Alert {
  level: string;
  notices: Notice[];
}

export interface Warned {
  alert: Alert | null;
  foreign: string;
  unchecked: string;
}

export interface Topic {
  name: string;
  question: string;
}

/** One of four: which of the fields are there depends on `reply`. */
export interface Reply {
  reply: "answer" | "clarification" | "abstention" | "escalation";
  alert: Alert | null;
  foreign: string;
  items?: Item[];
  quotes?: Item[];
  writing?: { model: string; failure: string } | null;
  uncovered?: string[];
  nearby?: Topic[];
  notes?: Note[];
  prompt?: string;
  choices?: Topic[];
  message?: string;
  ask?: string;
}

export type Version = "quotes" | "worded";

export type ServerEvent =
  | { kind: "warning"; data: Warned }
  | { kind: "waiting"; data: { for: string; place?: number } }
  | { kind: "passages"; data: { passages: { title: string; kind: string }[] } }
  | {
      kind: "sentence";
      data: Omit<Item, "sentences"> & Sentence & { version: Version; item: number };
    }
  | { kind: "restart"; data: { version: Version } }
  | { kind: "why"; data: unknown }
  | { kind: "done"; data: Reply };

export interface About {
  name: string;
  notice: string;
  contact: string;
  privacy_note: string;
  review: string;
  model: { name: string; served_by: string; asks_consent: boolean } | null;
  keeps: { days: number; words: boolean } | null;
  examples: Topic[];
}

export interface Passage {
  title: string;
  kind: string;
  wording: string;
  section: string;
  speaker: string;
  tier_note: string;
  wording_note: string;
  text: string;
  marked: [number, number];
  author: string;
  address: string;
}

export interface Question {
  message: string;
  earlier: string[];
  agreed: boolean;
  earlier_private: number;
  chat: string;
}
