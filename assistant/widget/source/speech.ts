/* What a screen reader hears: whole sentences, each once. The regions are fed, never rewritten. A warning interrupts. */

import { h } from "./dom";
import { spoken } from "./plain";
import { state } from "./reply";
import type { Strings } from "./strings/en";
import type { Turn } from "./turn";
import { spokenWarning } from "./warning";

export class Speech {
  readonly polite = h("div.sr", { role: "log", "aria-live": "polite" });
  readonly urgent = h("div.sr", { role: "alert", "aria-live": "assertive" });
  #heard = new Set<string>();
  #warned = "";
  #state = "";

  say(sentence: string): void {
    this.polite.append(h("p", {}, sentence));
  }

  /** A new turn: what was said before it is said. */
  begin(): void {
    this.#heard.clear();
    this.#warned = this.#state = "";
    this.polite.replaceChildren();
    this.urgent.replaceChildren();
  }

  turn(turn: Turn, words: Strings): void {
    const warning = turn.warned ? spokenWarning(turn.warned) : "";
    if (warning && warning !== this.#warned)
      this.urgent.replaceChildren(h("p", { lang: "en" }, warning));
    this.#warned = warning;
    // The other version tells the same over again: it is heard when the reader turns to it, by reading.
    for (const sentence of spoken(turn, words)) {
      if (this.#heard.has(sentence)) continue;
      this.#heard.add(sentence);
      this.polite.append(h("p", { lang: "en" }, sentence));
    }
    const now = state(turn, words);
    if (now && now !== this.#state) this.say(now);
    this.#state = now;
  }
}
