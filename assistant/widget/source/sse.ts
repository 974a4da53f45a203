/* Server-sent events out of a response's body (WHATWG HTML, 9.2: the part of it that our server uses). */

export interface Sent {
  id: string;
  kind: string;
  data: string;
}

/** Whole events as they come; signs of life are passed over. `alive` is called with every piece. */
export async function* events(
  body: ReadableStream<Uint8Array>,
  alive: () => void,
): AsyncGenerator<Sent> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      alive();
      const blocks = (rest + value).split(/\r?\n\r?\n/);
      rest = blocks.pop() ?? "";
      yield* blocks.map(parse).filter((each) => each.kind);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function parse(block: string): Sent {
  const fields: Record<string, string> = {};
  for (const line of block.split(/\r?\n/)) {
    // With "s": a text may hold what Unicode calls a line separator.
    const [, name = "", value = ""] = /^(\w*): ?(.*)/s.exec(line) ?? [];
    fields[name] = value;
  }
  const { id = "", event: kind = "", data = "" } = fields;
  return { id, kind, data };
}
