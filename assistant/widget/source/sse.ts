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
  let buffer = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      alive();
      buffer += value;
      for (let end = /\r?\n\r?\n/.exec(buffer); end; end = /\r?\n\r?\n/.exec(buffer)) {
        const found = parse(buffer.slice(0, end.index));
        buffer = buffer.slice(end.index + end[0].length);
        if (found) yield found;
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function parse(block: string): Sent | null {
  const fields: Record<string, string> = {};
  for (const line of block.split(/\r?\n/)) {
    const [, name, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (name) fields[name] = `${value}`;
  }
  const { id = "", event: kind, data = "" } = fields;
  return kind ? { id, kind, data } : null;
}
