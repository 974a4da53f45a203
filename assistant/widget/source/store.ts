/* The chat, kept for this tab alone, and only once there is something to keep. Where the browser forbids even that
   (a frame without storage), it lives as long as the page. */

import type { Turn } from "./turn";

const KEY = "soleus-chat";

export interface Kept {
  turns: Turn[];
  /** The chat's code, where the server keeps chats. */
  chat: string;
  /** What was answered when asked whether a language model may read along; null so far. */
  agreed: boolean | null;
  /** How many of the turns, the oldest, were asked before a yes. */
  before: number;
}

export const nothing = (): Kept => ({ turns: [], chat: "", agreed: null, before: 0 });

export function kept(): Kept {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    if (!Array.isArray(found?.turns)) return nothing();
    for (const turn of found.turns as Turn[]) {
      if (turn.state === "asking" || turn.state === "lost") turn.state = "stopped";
    }
    return { ...nothing(), ...found };
  } catch {
    return nothing();
  }
}

export function keep(chat: Kept): void {
  try {
    if (chat.turns.length) sessionStorage.setItem(KEY, JSON.stringify(chat));
    else sessionStorage.removeItem(KEY);
  } catch {
    // Full, or forbidden: the chat goes on without.
  }
}
