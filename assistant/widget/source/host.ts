/* What the two halves of the widget know of each other: v1.ts, which is always there, and chat.ts, which comes
   once somebody opens the chat. A browser may hold an older v1.js for a while, so this only ever grows. */

export type Option =
  | "title"
  | "greeting"
  | "icon"
  | "color"
  | "theme"
  | "position"
  | "lang"
  | "dir"
  | "strings"
  | "suggestions"
  | "privacy";

export interface Host {
  readonly element: HTMLElement;
  readonly root: ShadowRoot;
  /** The server's address, with a slash at its end. */
  readonly base: string;
  /** One of the languages of strings/. */
  readonly lang: string;
  /** Whether it stands in the page, instead of in a corner of the screen. */
  readonly inline: boolean;
  /** What the page's owner asks for; null where nothing is. */
  option(name: Option): string | null;
  /** Sets on an element the colours of the theme: --color, --on and --text, readable on `ground`. */
  paint(element: HTMLElement, ground: string): void;
  /** Whether it is to be dark now. */
  dark(): boolean;
  /** Tells the page. */
  emit(name: string, detail?: Record<string, string | number>): void;
  /** The chat was shown, or put away. `held`: it had the focus, which goes back to where it came from. */
  shown(open: boolean, held?: boolean): void;
}

export interface Chat {
  /** `calm`: without taking the focus, as nobody has asked for it. */
  open(calm?: boolean): void;
  close(): void;
  ask(question: string): void;
  /** The options have changed. */
  refresh(): void;
}

export interface ChatModule {
  start(host: Host): Promise<Chat>;
}
