/* Why something came to nothing. */

import type { Warned } from "./wire";

export class Failure extends Error {
  constructor(
    /** "offline", "origin", "stopped", "lost", or a code of the server's. */
    readonly code: string,
    /** The server's words for the reader, if it had any. */
    readonly told = "",
    /** What the guard found in a message that was not answered. */
    readonly warning: Warned | null = null,
  ) {
    super(code);
  }
}
