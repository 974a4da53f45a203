/* The way to the server: docs/api.md. A question is sent once; a connection that breaks off in mid-answer is taken up
   again where it was. */

import { Failure } from "./failure";
import { events } from "./sse";
import type { About, Passage, Question, ServerEvent } from "./wire";

/** Milliseconds without a sign of life after which a connection counts as lost: the server gives one every 15 s. */
const SILENT = 25_000;
/** As long as the server goes on with a turn that nobody follows, and a little. */
const PATIENCE = 50_000;

/** An event of the server's, the turn it belongs to, or that the connection is lost for the moment. */
export type Heard =
  | ServerEvent
  | { kind: "turn"; turn: string }
  | { kind: "lost" | "found" }
  | { kind: "anew" };

export class Server {
  #token = "";
  #until = 0;
  /** Whether it has ever let us read an answer. */
  #met = false;

  constructor(readonly base: string) {}

  async about(): Promise<About> {
    return (await this.#reach("api/v1/about")).json();
  }

  async passage(id: string, start: number, end: number): Promise<Passage> {
    const query = `start=${start}&end=${end}`;
    return (await this.#reach(`api/v1/passages/${encodeURIComponent(id)}?${query}`)).json();
  }

  async newChat(): Promise<string> {
    return (await (await this.#allowed("api/v1/chats", { method: "POST" })).json()).chat;
  }

  async forget(chat: string): Promise<void> {
    await this.#allowed(`api/v1/chats/${encodeURIComponent(chat)}`, { method: "DELETE" });
  }

  async rate(turn: string, thumb: string): Promise<void> {
    await this.#allowed("api/v1/feedback", posted({ turn, thumb }));
  }

  async stop(turn: string): Promise<void> {
    await this.#allowed(`api/v1/chat/${turn}`, { method: "DELETE" });
  }

  /** Everything that is heard of a turn, to its end. Throws Failure. */
  async *ask(question: Question, signal: AbortSignal): AsyncGenerator<Heard> {
    let turn = "";
    let last = "";
    let lostAt = 0;
    let anew = 0;
    let silent = 0;
    for (let tries = 0; ; ) {
      if (signal.aborted) throw new Failure("stopped");
      const line = new AbortController();
      const cut = () => line.abort();
      signal.addEventListener("abort", cut);
      let timer = setTimeout(cut, SILENT);
      try {
        const response = await this.#allowed(`api/v1/chat${turn ? `/${turn}` : ""}`, {
          ...(turn ? {} : posted(question)),
          signal: line.signal,
          more: { accept: "text/event-stream", ...(turn && { "last-event-id": last }) },
        });
        if (!turn) {
          turn = response.headers.get("x-turn") ?? "";
          yield { kind: "turn", turn };
        } else {
          lostAt = tries = 0;
          yield { kind: "found" };
        }
        const alive = () => {
          clearTimeout(timer);
          timer = setTimeout(cut, SILENT);
        };
        for await (const event of events(response.body as ReadableStream<Uint8Array>, alive)) {
          silent = 0;
          last = event.id;
          yield { kind: event.kind, data: JSON.parse(event.data) } as ServerEvent;
          if (event.kind === "done") return;
        }
        // It ended, but not with its end: once more, in case it was the connection's.
        if (silent++) throw new Failure("broke_off");
      } catch (error) {
        if (signal.aborted) throw new Failure("stopped");
        if (error instanceof Failure && !["offline", "origin", "away"].includes(error.code)) {
          // A server that was started anew holds no turn of before: it is asked again, once.
          if (error.code !== "turn" || !turn || anew++) throw error;
          turn = last = "";
          lostAt = tries = 0;
          yield { kind: "anew" };
          continue;
        }
        if (!turn) throw error;
      } finally {
        clearTimeout(timer);
        signal.removeEventListener("abort", cut);
      }
      lostAt ||= Date.now();
      if (Date.now() - lostAt > PATIENCE) throw new Failure("lost");
      if (tries === 0) yield { kind: "lost" };
      await pause(Math.min(4_000, 250 * 2 ** tries++), signal);
    }
  }

  /** A request with a token; with a new one, if that was too old. */
  async #allowed(path: string, init: Init): Promise<Response> {
    const sent = async () =>
      this.#reach(path, {
        ...init,
        more: { ...init.more, authorization: `Bearer ${await this.#letIn()}` },
      });
    try {
      return await sent();
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== "token") throw error;
      this.#until = 0;
      return sent();
    }
  }

  async #letIn(): Promise<string> {
    if (Date.now() > this.#until) {
      const { token, seconds } = await (
        await this.#reach("api/v1/token", { method: "POST" })
      ).json();
      this.#token = token;
      this.#until = Date.now() + (seconds - 30) * 1000;
    }
    return this.#token;
  }

  /** A response that is none of failure. Throws Failure. */
  async #reach(path: string, { more = {}, ...init }: Init = {}): Promise<Response> {
    let response: Response;
    try {
      const headers = { ...more, ...(init.body ? { "content-type": "application/json" } : {}) };
      response = await fetch(this.base + path, {
        credentials: "omit",
        referrerPolicy: "no-referrer",
        ...init,
        headers,
      });
    } catch {
      throw new Failure(await this.#unreached());
    }
    this.#met ||= response.ok;
    if (response.ok) return response;
    const told = await response.json().catch(() => ({}));
    throw new Failure(told.error?.code ?? "away", told.error?.message, told.warning ?? null);
  }

  /** Browsers do not tell a page whether a server is away or will not have its origin. */
  async #unreached(): Promise<string> {
    if (this.#met) return "offline";
    try {
      await fetch(`${this.base}healthz`, {
        mode: "no-cors",
        cache: "no-store",
        credentials: "omit",
      });
      return "origin";
    } catch {
      return "offline";
    }
  }
}

interface Init extends RequestInit {
  more?: Record<string, string>;
}

const posted = (body: unknown) => ({ method: "POST", body: JSON.stringify(body) });

/** Waits, but not on when the device is back on line, or nobody wants it any more. */
const pause = (milliseconds: number, signal: AbortSignal): Promise<unknown> =>
  new Promise((done) => {
    setTimeout(done, milliseconds);
    addEventListener("online", done, { once: true });
    signal.addEventListener("abort", done);
  });
