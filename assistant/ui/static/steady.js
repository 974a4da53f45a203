/* Keeps the page while its server is away.

   Gradio (6.31) answers any lost connection in one way: it sends nothing any more, asks every two
   seconds whether the server is back, and then loads the page anew, without the chat that stood on
   it. So it never hears of one. What reaches nobody waits here, and is sent once somebody answers; a
   turn that breaks off is told to Gradio as one that ended, and to the reader as what it is. */
(() => {
  "use strict";

  const fetched = window.fetch.bind(window);
  const AGAIN = 1500; // milliseconds between two tries
  const GATEWAY = new Set([502, 503, 504]); // whatever stands in front says that nobody is behind
  const AWAY =
    "No connection to Soleus just now. What you send waits until it is back, and nobody checks it" +
    " for warning signs before. In an emergency, call your local emergency number.";
  const UNANSWERED = "The connection was lost before anything was answered. Please ask once more.";
  const UNSENT = "unsent-";
  const waiting = new Set(); // each ends the wait of something that was not sent yet
  let events = []; // the latest things that were sent, by the name that Gradio has for them
  let reached = false; // whether anything was since Gradio last listened
  let listening = null; // what it listens to

  const line = (told) => new TextEncoder().encode(`data: ${JSON.stringify(told)}\n\n`);
  const over = (id) => line({ msg: "process_completed", event_id: id, success: false, output: {} });
  const unsent = () => events.filter((id) => id.startsWith(UNSENT));

  /** Says above the question box how things stand; nothing where all is well. */
  function notify(words) {
    const was = document.getElementById("away");
    if (words === (was?.textContent || "")) return;
    document.body.toggleAttribute("data-away", words === AWAY);
    was?.remove();
    if (!words) return;
    const notice = document.createElement("p");
    notice.id = "away";
    notice.textContent = words;
    document.getElementById("composer")?.prepend(notice);
    window.soleus?.say(words);
  }

  /** Whether the reader gives up before the time is over. */
  function pause() {
    return new Promise((resolve) => {
      const stop = () => resolve(true);
      waiting.add(stop);
      setTimeout(() => { waiting.delete(stop); resolve(false); }, AGAIN);
    });
  }

  /** What is sent to be worked on. Resolves once a server has it, or the reader has given up. */
  async function sent(asked) {
    for (let given = false; !given; given = await pause()) {
      const parts = asked.map((part) => (part instanceof Request ? part.clone() : part));
      const response = await fetched(...parts).catch(() => null);
      const ours = response?.headers.get("content-type")?.includes("json");
      if (response && (ours || !GATEWAY.has(response.status))) {
        notify("");
        if (response.ok) named((await response.clone().json()).event_id);
        reached ||= response.ok;
        return response;
      }
      notify(AWAY);
    }
    notify("");
    const id = `${UNSENT}${Math.random().toString(36).slice(2)}`;
    named(id);
    listening?.enqueue(over(id));
    return new Response(JSON.stringify({ event_id: id }));
  }

  function named(id) {
    events = [...events, id].slice(-8);
  }

  /** Updates as they come. Where they break off, all that had begun ends.

      Gradio hangs up as soon as it reads that the server closes. The server would take that for a page that
      was left, and throw away what the page has sent since; so its last words are heard to their end. */
  async function followed(asked) {
    const request = new Request(...asked);
    const hangUp = new AbortController();
    const begun = reached;
    reached = false;
    const response = begun
      ? await fetched(new Request(request, { signal: hangUp.signal })).catch(() => null)
      : null;
    const reader = response?.ok ? response.body.getReader() : null;
    const letters = new TextDecoder();
    let tail = "";
    let closed = false;
    let mine = null;
    let heard = true; // whether Gradio still listens
    const stop = () => { if (listening === mine) listening = null; };
    const left = () => { if (!closed) hangUp.abort(); };
    request.signal.addEventListener("abort", left);
    const body = new ReadableStream({
      start(controller) {
        mine = listening = controller;
        unsent().forEach((id) => controller.enqueue(over(id)));
      },
      async pull(controller) {
        const part = reader ? await reader.read().catch(() => null) : null;
        const news = part?.value ? letters.decode(part.value, { stream: true }) : "";
        tail = (tail + news).slice(-200);
        closed = /"msg": ?"close_stream"/.test(tail);
        if (news && !/"session_not_found": ?true/.test(news)) {
          controller.enqueue(part.value);
          if (!closed) return undefined;
          await toItsEnd(reader);
        }
        if (!closed && !request.signal.aborted) brokenOff(controller, begun);
        if (heard) controller.close();
        return stop();
      },
      cancel() {
        heard = false;
        stop();
        left();
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  }

  async function toItsEnd(reader) {
    try {
      while (!(await reader.read()).done);
    } catch { /* it has said all it had to say */ }
  }

  function brokenOff(controller, begun) {
    events.forEach((id) => controller.enqueue(over(id)));
    controller.enqueue(line({ msg: "close_stream" }));
    if (begun && !window.soleus?.lost()) notify(UNANSWERED);
  }

  window.fetch = (...asked) => {
    const { pathname } = new URL(asked[0].url || asked[0], location.href);
    if (pathname.endsWith("/gradio_api/queue/join")) return sent(asked);
    if (pathname.endsWith("/gradio_api/queue/data")) return followed(asked);
    return fetched(...asked);
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("#stop, #new")) waiting.forEach((stop) => stop());
  }, true);
})();
