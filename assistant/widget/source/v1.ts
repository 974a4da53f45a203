/* What every visitor of a website gets: the element <soleus-chat>, and a button. All else is fetched once somebody
   presses it. docs/widget.md is the contract. */

import { readable } from "./colours";
import type { Chat, ChatModule, Host, Option } from "./host";
import style from "./launcher.css";

/** The digest of chat.ts's file, as `integrity` has it; its name holds a part of it. Filled in by build.mjs. */
declare const CHAT: string;

const OPTIONS =
  "title greeting icon color theme position lang dir strings suggestions privacy".split(" ");
const TITLES: Record<string, string> = {
  en: "Ask about calf pain",
  de: "Fragen zur Wade",
  fr: "Mal au mollet ?",
  es: "¿Dolor de pantorrilla?",
  nl: "Vraag over je kuit",
  it: "Dolore al polpaccio?",
};
const AWAY: Record<string, string> = {
  en: "Offline. Try again?",
  de: "Offline. Noch einmal?",
  fr: "Hors ligne. Réessayer ?",
  es: "Sin conexión. ¿Reintentar?",
  nl: "Offline. Opnieuw?",
  it: "Offline. Riprovare?",
};
const MARK = "M4 20C4 10 10 4 20 4M8 21c0-8 5-13 13-13M12 21.5c0-5 4-9 9.5-9.5M16.5 16.5h3v3h-3z";

const script = document.currentScript as HTMLScriptElement | null;
const data = script?.dataset ?? {};
const darkScheme = matchMedia("(prefers-color-scheme: dark)");

function make<K extends keyof HTMLElementTagNameMap>(tag: K, className = "") {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}

function drawn<K extends keyof SVGElementTagNameMap>(tag: K, name: string, value: string) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  element.setAttribute(name, value);
  return element;
}

function mark(): Element {
  const drawing = drawn("svg", "viewBox", "0 0 24 24");
  drawing.append(drawn("path", "d", MARK));
  return drawing;
}

function emit(element: HTMLElement, name: string, detail: Record<string, string | number> = {}) {
  element.dispatchEvent(
    new CustomEvent(`soleus-${name}`, { bubbles: true, composed: true, detail }),
  );
}

class SoleusChat extends HTMLElement {
  static observedAttributes = OPTIONS;
  isOpen = false;
  #root = this.attachShadow({ mode: "open" });
  #chat: Promise<Chat> | null = null;
  #started: Chat | null = null;
  #box = make("div");
  #label = make("span");
  #mark = make("span", "mark");
  #button = make("button", "launcher");
  #trouble = make("p", "trouble");
  #tries = 0;
  /** Where the focus was before. */
  #from: HTMLElement | null = null;

  constructor() {
    super();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    this.#root.adoptedStyleSheets = [sheet];
    this.#button.type = "button";
    this.#button.append(this.#mark, this.#label);
    this.#mark.ariaHidden = "true";
    this.#trouble.role = "alert";
    this.#box.append(this.#trouble, this.#button);
    this.#root.append(this.#box);
    this.#button.addEventListener("click", () => this.open());
    darkScheme.addEventListener("change", () => this.#draw());
  }

  connectedCallback() {
    this.#draw();
    if (this.hasAttribute("open")) this.#loaded().then((chat) => chat?.open(true));
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#draw();
  }

  /** Shows the chat. Resolved once it can be used, or has said why it cannot. */
  async open(): Promise<void> {
    (await this.#loaded())?.open();
  }

  /** Puts the chat away; it is still there when it is opened again. */
  close(): void {
    this.#started?.close();
  }

  /** Opens the chat and asks. */
  async ask(question: string): Promise<void> {
    const chat = await this.#loaded();
    chat?.open();
    chat?.ask(`${question}`);
  }

  async #loaded(): Promise<Chat | null> {
    if (!this.isOpen) this.#from = document.activeElement as HTMLElement | null;
    this.#button.ariaBusy = "true";
    this.#trouble.textContent = "";
    try {
      this.#chat ??= this.#load();
      this.#started = await this.#chat;
      return this.#started;
    } catch {
      this.#chat = null;
      this.#tries += 1;
      this.#trouble.textContent = AWAY[this.#lang] as string;
      emit(this, "failed", { code: "offline" });
      return null;
    } finally {
      this.#button.ariaBusy = null;
    }
  }

  async #load(): Promise<Chat> {
    const file = `chat.${CHAT.slice(7, 17).replace(/\W/g, "-")}.js`;
    // A browser remembers that a module could not be fetched: each try has an address of its own.
    const address = `${this.#base}widget/v1/${file}${this.#tries ? `?${this.#tries}` : ""}`;
    if (script?.integrity) {
      // What the page has pinned holds for what is loaded, too.
      const link = make("link");
      const pinned = { rel: "modulepreload", crossOrigin: "", integrity: CHAT, href: address };
      this.#root.append(Object.assign(link, pinned));
    }
    const { start } = (await import(address)) as ChatModule;
    return start(this.#host());
  }

  #host(): Host {
    return {
      element: this,
      root: this.#root,
      base: this.#base,
      lang: this.#lang,
      inline: !this.hasAttribute("bubble"),
      option: (name) => this.#option(name),
      paint: (element, ground) => this.#paint(element, ground),
      dark: () => this.#dark,
      emit: (name, detail) => emit(this, name, detail),
      shown: (open, held) => {
        this.isOpen = open;
        this.#button.hidden = open;
        if (held) {
          this.#from?.focus();
          if (!this.#from?.matches(":focus:not(soleus-chat)")) this.#button.focus();
        }
        emit(this, open ? "open" : "close");
      },
    };
  }

  #option(name: Option | "host"): string | null {
    return this.getAttribute(name) ?? data[name] ?? null;
  }

  get #base(): string {
    const host = this.#option("host") || script?.src.replace(/widget\/v1\.js.*$/, "");
    return `${host}`.replace(/\/*$/, "/");
  }

  get #lang(): string {
    const told =
      this.#option("lang") || this.closest<HTMLElement>("[lang]:not(soleus-chat)")?.lang || "en";
    const short = told.slice(0, 2).toLowerCase();
    return short in TITLES ? short : "en";
  }

  get #dark(): boolean {
    const theme = this.#option("theme");
    return theme === "dark" || (theme !== "light" && darkScheme.matches);
  }

  #paint(element: HTMLElement, ground: string): void {
    const own = getComputedStyle(this).getPropertyValue("--soleus-color");
    const written = this.#option("color") || own || "#0f4a3c";
    const [color, on, text] = readable(element, written, ground) as [string, string, string];
    for (const [name, value] of Object.entries({ color, on, text })) {
      element.style.setProperty(`--${name}`, value);
    }
  }

  #draw(): void {
    const inline = !this.hasAttribute("bubble");
    const corner = this.#option("position") === "start" ? "start" : "end";
    this.#box.className = `box ${inline ? "" : `corner ${corner}`}`;
    this.#paint(this.#box, this.#dark ? "#17211d" : "#fff");
    const lang = this.#lang;
    const title = this.#option("title");
    this.#label.textContent = title || (TITLES[lang] as string);
    this.#label.lang = title ? "" : lang;
    const sign = this.#option("icon");
    this.#mark.replaceChildren(sign ? [...sign].slice(0, 2).join("") : mark());
    this.#started?.refresh();
  }
}

function place(): void {
  if (document.querySelector("soleus-chat")) return;
  const chat = document.createElement("soleus-chat");
  chat.setAttribute("bubble", data.bubble ?? "");
  // Beside the body: whatever a page does to that does not move it.
  document.documentElement.append(chat);
}

if (!customElements.get("soleus-chat")) {
  customElements.define("soleus-chat", SoleusChat);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", place);
  else place();
}
