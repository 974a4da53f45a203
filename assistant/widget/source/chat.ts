/* The chat itself: what is pressed, what is sent, what is shown. Loaded once somebody opens it. */

import { citationsOf } from "./answer";
import style from "./chat.css";
import { h, patch } from "./dom";
import { Failure } from "./failure";
import { type Frame, frame } from "./frame";
import type { Chat, Host } from "./host";
import { passage, quoted } from "./passage";
import { copied, shown } from "./plain";
import { button, drawn, reason } from "./reply";
import { Server } from "./server";
import { Shown } from "./shown";
import { Speech } from "./speech";
import { type Kept, keep, kept, nothing } from "./store";
import type { Strings } from "./strings/en";
import { consent, fine, greeting } from "./talk";
import { hear, newTurn, type Turn } from "./turn";
import type { About } from "./wire";
import { wordsOf } from "./words";

const MOST = 40; // earlier turns that the server takes

export async function start(host: Host): Promise<Chat> {
  return new Conversation(host, await wordsOf(host));
}

class Conversation implements Chat {
  readonly #host: Host;
  readonly #server: Server;
  readonly #words: Strings;
  readonly #speech = new Speech();
  readonly #frame: Frame;
  readonly #shown: Shown;
  #about: About | null = null;
  #meeting: Promise<About> | null = null;
  #chat: Kept = kept();
  #asking: AbortController | null = null;
  /** The turn that a screen reader hears of. */
  #telling: Turn | null = null;
  #sheetFrom: HTMLElement | null = null;

  constructor(host: Host, words: Strings) {
    this.#host = host;
    this.#server = new Server(host.base);
    this.#words = words;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    host.root.adoptedStyleSheets.push(sheet);
    this.#frame = frame(host, words, this.#speech);
    const { panel, form, box } = this.#frame;
    this.#shown = new Shown(panel, host.inline);
    panel.addEventListener("click", (event) => this.#pressed(event));
    panel.addEventListener("keydown", (event) => this.#key(event as KeyboardEvent));
    // A page's shortcuts are not meant by who types here.
    panel.onkeydown = panel.onkeyup = panel.onkeypress = (event) => event.stopPropagation();
    panel.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.#escape();
    });
    // A browser may close a dialog by itself, say for a second Escape.
    panel.addEventListener("close", () => panel.getClientRects().length || this.close());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#sent();
    });
    box.addEventListener("input", () => this.#grow());
    // A page that comes back as it was left may show a chat that was deleted since.
    addEventListener("pageshow", ({ persisted }) => {
      if (!persisted) return;
      this.#abandon();
      this.#closeSheet();
      this.#speech.begin();
      this.#chat = kept();
      this.#draw();
    });
    host.root.append(panel);
    this.refresh();
  }

  /* --- opening ------------------------------------------------------------------------------ */

  open(calm = false): void {
    if (this.#shown.open) return;
    this.#shown.show();
    this.#host.shown(true);
    // On a phone the keyboard would hide what there is to read.
    const { title, box } = this.#frame;
    if (!calm) (this.#shown.modal || this.#host.inline ? title : box).focus();
    this.#draw();
    this.#arrive();
    this.#greet();
  }

  close(): void {
    if (!this.#shown.open) return;
    this.#closeSheet();
    const held = this.#host.root.activeElement !== null;
    this.#shown.hide();
    this.#host.shown(false, held);
  }

  refresh(): void {
    const { panel } = this.#frame;
    const dark = this.#host.dark();
    panel.classList.toggle("dark", dark);
    const start = this.#host.option("position") === "start";
    panel.classList.toggle(
      "left",
      start === (getComputedStyle(this.#host.element).direction !== "rtl"),
    );
    panel.lang = this.#host.lang;
    panel.dir = this.#host.option("dir") || "ltr";
    this.#host.paint(panel, dark ? "#17211d" : "#faf7f0");
    this.#draw();
  }

  /** Who answers here: asked until it is told. Throws Failure. */
  async #meet(): Promise<About> {
    this.#meeting ??= this.#server.about();
    try {
      this.#about = await this.#meeting;
    } catch (error) {
      this.#meeting = null;
      throw error;
    }
    return this.#about;
  }

  async #greet(): Promise<void> {
    if (this.#about) return;
    const { greeting: hello } = this.#frame;
    hello.textContent = this.#words.looking;
    try {
      await this.#meet();
      this.#draw();
    } catch (error) {
      const { code } = error as Failure;
      hello.replaceChildren(
        h("p.box.halted", { role: "alert" }, reason(code, this.#words)),
        button("meet", this.#words.again),
      );
      this.#host.emit("failed", { code });
    }
  }

  /* --- asking ------------------------------------------------------------------------------- */

  ask(question: string): void {
    const asked = question.trim().slice(0, 8000);
    if (asked) this.#turn(asked);
  }

  #sent(): void {
    const { box } = this.#frame;
    if (!box.value.trim() || this.#asking) return;
    this.ask(box.value);
    box.value = "";
    this.#grow();
  }

  async #turn(question: string): Promise<void> {
    this.#abandon();
    this.#closeSheet();
    const asking = new AbortController();
    this.#asking = asking;
    const chat = this.#chat;
    const earlier = chat.turns.map((turn) => turn.question);
    const turn = newTurn(question);
    chat.turns.push(turn);
    this.#telling = turn;
    const sent = {
      message: question,
      earlier: earlier.slice(-MOST),
      agreed: chat.agreed === true,
      earlier_private: Math.max(0, chat.before - Math.max(0, earlier.length - MOST)),
    };
    const number = chat.turns.length;
    this.#speech.begin();
    this.#host.emit("asked", { number });
    this.#changed(turn);
    this.#arrive();
    try {
      const { keeps } = await this.#meet();
      if (keeps && !chat.chat) chat.chat = await this.#server.newChat();
      const all = { ...sent, chat: chat.chat };
      for await (const heard of this.#server.ask(all, asking.signal)) {
        hear(turn, heard);
        this.#changed(turn);
      }
      this.#host.emit("answered", { number, reply: turn.reply?.reply ?? "" });
    } catch (error) {
      this.#failed(turn, error instanceof Failure ? error : new Failure("failed"));
    }
    if (this.#asking === asking) this.#asking = null;
    this.#changed(turn);
  }

  #failed(turn: Turn, failure: Failure): void {
    turn.state = failure.code === "stopped" ? "stopped" : "failed";
    turn.code = failure.code;
    turn.told = failure.told;
    turn.warned ??= failure.warning;
    this.#host.emit("failed", { code: failure.code });
  }

  /** Ends the turn that is under way, on the server, too. */
  #abandon(): void {
    if (!this.#asking) return;
    this.#asking.abort();
    this.#asking = null;
    const turn = this.#chat.turns.at(-1) as Turn;
    turn.state = "stopped";
    this.#draw();
    if (turn.id) this.#server.stop(turn.id).catch(() => {});
  }

  #stop(): void {
    this.#abandon();
    this.#frame.box.focus();
  }

  /** The turn again; what has come of it goes. */
  #again(turn: Turn): void {
    const { turns } = this.#chat;
    if (turn === turns.at(-1)) {
      this.#abandon();
      turns.pop();
      this.#chat.before = Math.min(this.#chat.before, turns.length);
    }
    this.ask(turn.question);
  }

  /** All of it goes; where the server has kept it, with `erase` there, too. */
  async #fresh(erase: boolean): Promise<void> {
    this.#abandon();
    const { chat, agreed } = this.#chat;
    if (erase && chat) {
      try {
        await this.#server.forget(chat);
      } catch {
        this.#speech.say(this.#words.failed);
        this.#frame.sheet.append(h("p.box.halted", {}, this.#words.failed));
        return;
      }
    }
    this.#abandon();
    this.#telling = null;
    this.#chat = { ...nothing(), agreed };
    keep(this.#chat);
    this.#closeSheet();
    this.#speech.begin();
    this.#speech.say(erase ? this.#words.erased : this.#words.fresh);
    this.#frame.turns.replaceChildren();
    this.#draw();
    this.#frame.box.focus();
  }

  #turnOver(turn: Turn): void {
    turn.front = turn.front === "quotes" ? "worded" : "quotes";
    this.#changed(turn);
  }

  #consent(agreed: boolean): void {
    const chat = this.#chat;
    if (agreed && !chat.agreed) chat.before = chat.turns.length;
    chat.agreed = agreed;
    if (chat.turns.length) keep(chat);
    this.#draw();
    this.#frame.box.focus();
  }

  async #rate(turn: Turn, thumb: string): Promise<void> {
    const before = turn.thumb ?? "";
    turn.thumb = thumb;
    this.#changed(turn);
    try {
      await this.#server.rate(turn.id ?? "", thumb);
      this.#speech.say(this.#words.thanks);
    } catch {
      turn.thumb = before;
      this.#speech.say(this.#words.failed);
      this.#changed(turn);
    }
  }

  async #copy(turn: Turn, pressed: HTMLElement): Promise<void> {
    const text = copied(turn, this.#words);
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without https the clipboard is closed to scripts.
      const holder = h("textarea.sr", {}, text) as HTMLTextAreaElement;
      pressed.append(holder);
      holder.select();
      document.execCommand("copy");
      holder.remove();
      pressed.focus();
    }
    pressed.textContent = this.#words.copied;
    this.#speech.say(this.#words.copied);
  }

  /* --- what lies over the conversation ------------------------------------------------------ */

  #openSheet(title: string, from: HTMLElement, children: Node[]): void {
    const { sheet, log } = this.#frame;
    if (sheet.hidden) this.#sheetFrom = from;
    const back = h("button.back", { type: "button", "data-do": "back" }, `‹ ${this.#words.back}`);
    const head = h("h3", { id: "sheet-title", tabindex: -1 }, title);
    sheet.replaceChildren(back, head, ...children);
    sheet.hidden = false;
    log.inert = true;
    sheet.scrollTop = 0;
    head.focus();
  }

  #closeSheet(): void {
    const { sheet, log } = this.#frame;
    if (sheet.hidden) return;
    sheet.hidden = true;
    sheet.replaceChildren();
    log.inert = false;
    this.#sheetFrom?.focus();
  }

  async #cite(turn: Turn, pressed: HTMLElement): Promise<void> {
    const marker = Number(pressed.dataset.marker);
    const cited = citationsOf(shown(turn)).find((each) => each.marker === marker);
    if (!cited) return;
    const { sheet } = this.#frame;
    this.#openSheet(pressed.ariaLabel?.split(":")[0] ?? "", pressed, []);
    const body = h("div", { "aria-busy": "true" });
    sheet.append(body);
    try {
      const found = await this.#server.passage(cited.passage, cited.start, cited.end);
      body.append(h("div", {}, passage(found, this.#words)));
    } catch {
      body.append(h("div", {}, quoted(cited, this.#words)));
    }
    body.removeAttribute("aria-busy");
    body.querySelector("mark")?.scrollIntoView({ block: "nearest" });
  }

  #fine(pressed: HTMLElement): void {
    if (!this.#about) return;
    this.#openSheet(this.#words.about, pressed, [
      h("div", {}, fine(this.#host, this.#about, this.#chat, this.#words)),
    ]);
  }

  #erase(pressed: HTMLElement): void {
    if (pressed.dataset.sure) {
      this.#fresh(true);
      return;
    }
    pressed.dataset.sure = "yes";
    pressed.textContent = this.#words.sure;
    this.#speech.say(this.#words.sure);
  }

  /* --- drawing ------------------------------------------------------------------------------ */

  #changed(turn: Turn): void {
    if (!this.#chat.turns.includes(turn)) return;
    keep(this.#chat);
    if (turn === this.#telling) this.#speech.turn(turn, this.#words);
    this.#draw();
  }

  #draw(): void {
    const { title, greeting: hello, consent: asked, turns, send, stop } = this.#frame;
    const about = this.#about;
    const chat = this.#chat;
    title.textContent = this.#host.option("title") || about?.name || "Soleus";
    hello.hidden = chat.turns.length > 0;
    if (about) {
      patch(
        hello,
        h("div.greeting", { hidden: hello.hidden }, greeting(this.#host, about, this.#words)),
      );
      patch(asked, h("div.consent", {}, consent(about, chat, this.#words)));
    }
    patch(
      turns,
      h(
        "div.turns",
        {},
        chat.turns.map((turn, place) => drawn(turn, this.#words, place, !!about?.keeps)),
      ),
    );
    const held = this.#host.root.activeElement as HTMLElement | null;
    send.hidden = this.#asking !== null;
    stop.hidden = !send.hidden;
    if (held?.hidden) this.#frame.box.focus();
  }

  /** A new turn: its question goes to the top, so that the reply is read from its beginning. */
  #arrive(): void {
    const { log, turns } = this.#frame;
    const turn = turns.lastElementChild ?? log;
    log.scrollTop += turn.getBoundingClientRect().top - log.getBoundingClientRect().top - 8;
  }

  #grow(): void {
    const { box } = this.#frame;
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 4}px`;
  }

  /* --- what is pressed ---------------------------------------------------------------------- */

  #pressed(event: Event): void {
    const pressed = (event.target as Element).closest<HTMLElement>("[data-do]");
    if (!pressed) return;
    const { do: does = "", question = "", thumb = "" } = pressed.dataset;
    const article = pressed.closest<HTMLElement>("[data-turn]");
    const turn = this.#chat.turns[Number(article?.dataset.turn)] as Turn;
    const acts: Record<string, () => unknown> = {
      about: () => this.#fine(pressed),
      again: () => this.#again(turn),
      agree: () => this.#consent(true),
      ask: () => this.#asking || this.ask(question),
      back: () => this.#closeSheet(),
      cite: () => this.#cite(turn, pressed),
      close: () => this.close(),
      copy: () => this.#copy(turn, pressed),
      erase: () => this.#erase(pressed),
      fresh: () => this.#fresh(false),
      meet: () => this.#greet(),
      refuse: () => this.#consent(false),
      stop: () => this.#stop(),
      thumb: () => this.#rate(turn, thumb),
      turn: () => this.#turnOver(turn),
    };
    acts[does]?.();
    // What was pressed is gone: whoever reads with the keyboard goes on at the question, or at the beginning.
    const { turns, title } = this.#frame;
    const next = turns.lastElementChild?.querySelector<HTMLElement>(".asked") ?? title;
    if (!this.#host.root.activeElement?.getClientRects().length)
      next.focus({ preventScroll: true });
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.preventDefault();
      this.#escape();
    } else if (
      event.key === "Enter" &&
      !event.shiftKey &&
      !event.isComposing &&
      event.target === this.#frame.box
    ) {
      event.preventDefault();
      this.#sent();
    }
  }

  #escape(): void {
    if (!this.#frame.sheet.hidden) this.#closeSheet();
    else if (!this.#host.inline) this.close();
  }
}
