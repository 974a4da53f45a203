/* The page's own behaviour: patches turns in place, opens sources, announces whole sentences. */
(() => {
  "use strict";

  const phone = matchMedia("(max-width: 1023px)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const $ = (selector, root = document) => root.querySelector(selector);
  let root = null; // the conversation's element
  let send = null; // hands an event to the server
  const left = new Set(); // chats that New chat has put away
  const STOPPING = 10_000; // milliseconds in which Gradio has surely put away a turn
  let stopping = 0; // until when that may take

  /* --- turns ------------------------------------------------------------------------------ */

  /** Make `old` look like `fresh`, keeping nodes, so that focus and open folds survive. */
  function patch(old, fresh) {
    const olds = [...old.childNodes];
    const news = [...fresh.childNodes];
    news.forEach((node, i) => {
      const was = olds[i];
      if (!was) return old.append(node);
      if (was.nodeType !== node.nodeType || was.nodeName !== node.nodeName) {
        return was.replaceWith(node);
      }
      if (node.nodeType !== Node.ELEMENT_NODE) {
        if (was.data !== node.data) was.data = node.data;
        return undefined;
      }
      if (node.nodeName === "TEMPLATE" || was.className !== node.className) {
        return was.isEqualNode(node) ? undefined : was.replaceWith(node);
      }
      for (const { name, value } of node.attributes) {
        if (was.getAttribute(name) !== value) was.setAttribute(name, value);
      }
      was.toggleAttribute("hidden", node.hasAttribute("hidden"));
      return patch(was, node);
    });
    olds.slice(news.length).forEach((node) => node.remove());
  }

  function parse(html) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    return holder.content;
  }

  function turnElement(update) {
    let turn = document.getElementById(update.turn);
    if (!turn) {
      turn = document.createElement("article");
      turn.id = update.turn;
      turn.className = "turn";
      $(".turns", root).append(turn);
      $("#spoken").replaceChildren();
      $("#alarmed").replaceChildren();
    }
    return turn;
  }

  function show(update) {
    if (update.state === "clear") return clear(update.chat);
    if (update.state === "thought") return noted(update);
    if (update.state === "forgotten") return forgotten(update);
    if (left.has(update.turn.split("-")[0])) return undefined;
    if (update.state === "stopped") return stopped(document.getElementById(update.turn));
    const begun = !document.getElementById(update.turn);
    const turn = turnElement(update);
    const run = String(update.run);
    if (Number(turn.dataset.run || 0) > update.run) return undefined;
    // Gradio hands its last update out twice: what readers pressed meanwhile must not be undone.
    const over = turn.dataset.state === "stopped" || turn.dataset.state === "done";
    if (turn.dataset.run === run && over) return undefined;
    if (turn.dataset.run !== run) {
      turn.dataset.run = run;
      turn.dataset.said = "0";
      turn.soleusAlarm = "";
      turn.replaceChildren();
      closeSource();
    }
    turn.dataset.state = update.state;
    patch(turn, parse(update.html));
    const whole = update.state === "done" || update.copy; // quotes are, while a model still writes
    turn.setAttribute("aria-busy", whole ? "false" : "true");
    turn.soleusCopies = [update.copy, update.other];
    turn.soleusAsked = update.asked;
    announce(turn, update);
    busy(update.state !== "done", update.copy);
    if (begun) arrive(turn);
    return undefined;
  }

  /** A new turn: the question goes to the top, so that the answer is read from its beginning. */
  function arrive(turn) {
    document.body.classList.add("talking");
    const focused = document.activeElement;
    if (!focused || focused === document.body || focused.closest(".hero, .turn")) {
      $(".asked", turn)?.focus({ preventScroll: true });
    }
    requestAnimationFrame(() => {
      turn.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
    });
  }

  /** The connection broke off (steady.js): what had come stays, and can be asked for again.
      Whether anything had. */
  function lost() {
    const turn = "busy" in document.body.dataset && $(".turn:last-child", root);
    if (turn) stopped(turn, "The connection was lost");
    return Boolean(turn);
  }

  function stopped(turn, why = "Stopped") {
    busy(false);
    if (!turn || turn.dataset.state === "done" || turn.dataset.state === "stopped") return;
    turn.dataset.state = "stopped";
    turn.setAttribute("aria-busy", "false");
    $(".waiting", turn)?.remove();
    $("[data-act=version]", turn)?.removeAttribute("hidden");
    const late = $(".pending", turn); // the quotes are whole, only the written answer is not
    if (late) late.textContent = `${why}: the written answer was not finished.`;
    else turn.append(parse(
      `<div class="foot"><p class="halted">${why}. The rest was not shown.</p>` +
      '<div class="actions"><button type="button" class="act" data-act="retry">Ask again</button>' +
      "</div></div>"));
    say(`${why}.`);
  }

  /** The quotes are there and a model still writes: whoever asks on need not wait for it. Nor who has just
      stopped a turn. */
  function askOn() {
    if (!$("#question textarea").value.trim()) return;
    const late = "late" in document.body.dataset;
    if (late) $("#stop").click();
    if (late || performance.now() < stopping) setTimeout(sendOnceStopped, late ? 0 : 200, 50);
  }

  /** Gradio drops what is sent before it has put away the turn that was stopped. */
  function sendOnceStopped(tries) {
    const begun = "busy" in document.body.dataset || !$("#question textarea").value.trim();
    if (begun || !tries) return;
    $("#send").click();
    setTimeout(sendOnceStopped, 200, tries - 1);
  }

  function clear(chat) {
    if (chat) left.add(chat);
    closeSource();
    $(".turns", root).replaceChildren();
    document.body.classList.remove("talking");
    busy(false);
    $("#spoken").replaceChildren();
    say("New chat.");
    window.scrollTo({ top: 0 });
    $("#question textarea")?.focus();
  }

  function busy(on, late = false) {
    document.body.toggleAttribute("data-late", Boolean(on && late));
    const was = "busy" in document.body.dataset;
    if (on === was) return;
    const held = document.activeElement?.closest("#send, #stop");
    if (on) document.body.dataset.busy = "";
    else delete document.body.dataset.busy;
    if (held) $("#question textarea")?.focus(); // its button has just gone
  }

  /** Shows an answer's other version: both are in the page, one of them hidden. */
  function turnOver(turn, button) {
    closeSource();
    const other = button.getAttribute("aria-pressed") === "false";
    const { front } = button.dataset;
    turn.querySelectorAll("[data-version]").forEach((one) => {
      one.hidden = (one.dataset.version === front) === other;
    });
    button.setAttribute("aria-pressed", String(other));
    say($(".by:not([hidden])", turn)?.textContent || "");
  }

  /** Who may read along: told to the server, which writes it into what this page remembers. */
  function consent(button) {
    send("option_select", { agreed: button.dataset.consent === "yes" });
    say(button.dataset.said);
    $("#question textarea")?.focus(); // its button goes
  }

  /** A thumb, or the words below it, which go along when the thumb changes: the last one counts. */
  function thought(block, thumb, comment = block.soleusComment || "") {
    press(block, thumb);
    block.soleusComment = comment;
    send("like", { turn: block.dataset.turn, thumb, comment });
  }

  function press(block, thumb) {
    block.dataset.thumb = thumb;
    block.querySelectorAll(".thumb").forEach((one) => {
      one.setAttribute("aria-pressed", String(one.dataset.thumb === thumb));
    });
  }

  function comment(block) {
    const text = $("textarea", block).value.trim();
    if (text) thought(block, block.dataset.thumb, text);
    else $("textarea", block).focus();
  }

  /** What came of it is announced, and stands there. Words can be added once, to a thumb. */
  function noted(update) {
    const block = $(`.thought[data-turn="${CSS.escape(update.about)}"]`, root);
    say(update.said);
    if (!block) return;
    const told = $(".thought__told", block);
    const more = $(".thought__more", block);
    told.textContent = update.said;
    told.hidden = false;
    if (update.noted && block.soleusComment) {
      if (more?.contains(document.activeElement)) $(".thumb[aria-pressed=true]", block).focus();
      more?.remove();
    } else if (update.noted) more?.removeAttribute("hidden");
    else {
      block.soleusComment = "";
      if (!more || more.hidden) press(block, "");
    }
    block.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
  }

  /** Asked once more before what is kept of the chat is deleted, and not while it grows. */
  function forget(button) {
    if ("busy" in document.body.dataset) return undefined;
    if (button.dataset.sure) return send("delete", { sure: true });
    button.dataset.sure = "yes";
    button.textContent = "Delete for good? Press once more";
    return say("Press once more to delete what is kept of this chat.");
  }

  function forgotten(update) {
    say(update.said);
    if (!update.gone) return;
    document.querySelectorAll(".thought").forEach((block) => block.remove());
    $("#question textarea")?.focus(); // the button is gone
  }

  /* --- what a screen reader hears ----------------------------------------------------------- */

  /** Only whole sentences, each once: the region is fed, never rewritten. A warning interrupts. */
  function announce(turn, update) {
    if (update.alarm && turn.soleusAlarm !== update.alarm) say(update.alarm, true);
    turn.soleusAlarm = update.alarm;
    const said = Number(turn.dataset.said || 0);
    update.say.slice(said).forEach((sentence) => say(sentence));
    turn.dataset.said = String(Math.max(said, update.say.length));
  }

  function say(sentence, urgent = false) {
    const line = document.createElement("p");
    line.textContent = sentence;
    $(urgent ? "#alarmed" : "#spoken").append(line);
  }

  /* --- sources ------------------------------------------------------------------------------ */

  let sheet = null;
  let opener = null;

  function sheetElement() {
    if (sheet) return sheet;
    sheet = document.createElement("dialog");
    sheet.id = "sheet";
    sheet.setAttribute("aria-labelledby", "sheet-head");
    sheet.innerHTML =
      '<div class="sheet__bar"><h2 id="sheet-head" tabindex="-1"></h2>' +
      '<button type="button" class="iconbutton" data-step="-1" aria-label="Previous source">‹</button>' +
      '<button type="button" class="iconbutton" data-step="1" aria-label="Next source">›</button>' +
      '<button type="button" class="iconbutton" data-close aria-label="Close source">×</button></div>' +
      '<div class="sheet__body" tabindex="0" role="group" aria-label="Passage"></div>';
    document.body.append(sheet);
    sheet.addEventListener("close", onClosed);
    sheet.addEventListener("click", (event) => {
      const step = event.target.closest("[data-step]");
      if (step) stepSource(Number(step.dataset.step));
      else if (event.target === sheet || event.target.closest("[data-close]")) closeSource();
    });
    return sheet;
  }

  const siblings = (template) =>
    [...template.parentElement.querySelectorAll("template[id]")];

  function openSource(id, from) {
    const template = document.getElementById(id);
    if (!template) return;
    const box = sheetElement();
    const all = siblings(template);
    const place = all.indexOf(template);
    if (from) opener = from;
    box.dataset.source = id;
    $("#sheet-head", box).textContent = `Source ${place + 1} of ${all.length}`;
    $(".sheet__body", box).replaceChildren(template.content.cloneNode(true));
    $('[data-step="-1"]', box).disabled = place === 0;
    $('[data-step="1"]', box).disabled = place === all.length - 1;
    mark(id);
    if (!box.open) {
      if (phone.matches) box.showModal();
      else box.show();
      document.body.classList.add("sourced");
    }
    $("#sheet-head", box).focus();
    $("mark", box)?.scrollIntoView({ block: "nearest" });
  }

  function mark(id) {
    document.querySelectorAll("[data-source][aria-current]").forEach((button) =>
      button.removeAttribute("aria-current"));
    if (!id) return;
    document.querySelectorAll(`[data-source="${CSS.escape(id)}"]`).forEach((button) =>
      button.tagName === "BUTTON" && button.setAttribute("aria-current", "true"));
  }

  function stepSource(step) {
    const all = siblings(document.getElementById(sheet.dataset.source));
    const next = all[all.findIndex((one) => one.id === sheet.dataset.source) + step];
    if (next) openSource(next.id);
  }

  function closeSource() {
    if (sheet?.open) sheet.close();
  }

  function onClosed() {
    document.body.classList.remove("sourced");
    mark(null);
    if (opener?.isConnected) opener.focus();
    opener = null;
  }

  /* --- buttons ------------------------------------------------------------------------------ */

  async function copy(turn, button) {
    const turned = $("[data-act=version]", turn)?.getAttribute("aria-pressed") === "true";
    const text = turn.soleusCopies[turned ? 1 : 0] || "";
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      copyOldWay(text); // without https the clipboard is closed to scripts
    }
    button.textContent = "Copied";
    say("Answer copied.");
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  }

  function copyOldWay(text) {
    const holder = document.createElement("textarea");
    holder.value = text;
    holder.className = "sr-only";
    document.body.append(holder);
    holder.select();
    document.execCommand("copy");
    holder.remove();
  }

  function onClick(event) {
    const button = event.target.closest?.("button, a.skip");
    if (!button) return;
    if (button.dataset.source) openSource(button.dataset.source, button);
    else if (button.dataset.ask && !("busy" in document.body.dataset)) {
      send("submit", { question: button.dataset.ask });
    } else if (button.dataset.act === "copy") copy(button.closest(".turn"), button);
    else if (button.dataset.act === "version") turnOver(button.closest(".turn"), button);
    else if (button.dataset.consent) consent(button);
    else if (button.dataset.thumb) thought(button.closest(".thought"), button.dataset.thumb);
    else if (button.dataset.act === "comment") comment(button.closest(".thought"));
    else if (button.dataset.act === "forget") forget(button);
    else if (button.dataset.act === "retry") {
      // The question goes along in case what is remembered of this visit cannot be read.
      send("retry", { again: true, question: button.closest(".turn").soleusAsked });
    } else if (button.id === "send") askOn();
    else if (button.id === "stop") {
      stopping = performance.now() + STOPPING;
      stopped($(".turn:last-child", root)); // without waiting
    }
    else if (button.id === "theme") document.body.classList.toggle("dark");
    else if (button.matches("a.skip")) {
      event.preventDefault();
      $("#question textarea")?.focus();
    }
  }

  function onKey(event) {
    if (event.key === "Escape" && sheet?.open) closeSource();
    if (event.key === "Enter" && !event.shiftKey && event.target.closest("#question")) askOn();
  }

  /* --- start -------------------------------------------------------------------------------- */

  function mount(element, trigger, watch, props) {
    root = element;
    send = trigger;
    watch("value", () => props.value && show(props.value));
    document.addEventListener("click", onClick);
    document.addEventListener("keydown", onKey);
    document.body.classList.add("ready");
  }

  window.soleus = { mount, lost, say };
})();
