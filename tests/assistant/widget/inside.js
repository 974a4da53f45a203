// What the tests ask of a page with the widget in it. Looks into open shadow roots.
window.inside = (() => {
  const told = [], violations = [], heard = [];
  const NAMES = ["open", "close", "asked", "answered", "failed"];
  for (const name of NAMES.map((each) => `soleus-${each}`)) {
    document.addEventListener(name, (event) => told.push([name, event.detail ?? null]));
  }
  document.addEventListener("securitypolicyviolation", (event) =>
    violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));

  // --- what a screen reader hears -----------------------------------------------------------

  const ROLES = { alert: "assertive", status: "polite", log: "polite" };
  const voice = (node) => {
    for (let each = node; each; each = above(each)) {
      const live = each.getAttribute?.("aria-live") ?? ROLES[each.getAttribute?.("role")];
      if (live) return live === "off" ? null : live;
    }
    return null;
  };
  const listen = (root) => new MutationObserver((changes) => {
    const added = new Set(changes.flatMap((change) => [...change.addedNodes]));
    const within = (node) => {
      for (let each = node.parentNode; each; each = each.parentNode) {
        if (added.has(each)) return true;
      }
      return false;
    };
    const say = (how, node) => {
      const text = node.textContent.replace(/\s+/g, " ").trim();
      if (text) heard.push([how, text]);
    };
    for (const change of changes.filter((each) => each.type === "characterData")) {
      const how = voice(change.target.parentElement);
      if (how && !added.has(change.target) && !within(change.target)) say(how, change.target);
    }
    for (const node of added) {
      if (!node.isConnected || within(node)) continue;
      const how = voice(node.nodeType === 1 ? above(node) : node.parentNode);
      if (how) say(how, node);
      else if (node.nodeType === 1) {  // an alert is read as it comes, other regions are not
        [node, ...node.querySelectorAll("*")].filter((one) => one.role === "alert")
          .forEach((one) => say("assertive", one));
      }
    }
  }).observe(root, { subtree: true, childList: true, characterData: true });
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function attachShadow(...given) {
    const root = attach.apply(this, given);
    listen(root);
    return root;
  };
  listen(document);

  // --- what is there ------------------------------------------------------------------------

  const above = (one) => one.assignedSlot ?? one.parentElement ?? one.getRootNode().host ?? null;
  const walk = (one) => [one, ...[...(one.shadowRoot?.children ?? []), ...one.children].flatMap(walk)];
  const all = () => [...document.querySelectorAll("soleus-chat")].flatMap(walk)
    .filter((one) => !one.matches("style, script, template"));
  const box = (one) => one.getBoundingClientRect();
  const big = (one) => box(one).width > 2 && box(one).height > 2;
  // What is for screen readers alone lies in a box of a pixel.
  const clipped = (one) => {
    for (let each = one; each; each = above(each)) {
      const { display, overflowX } = getComputedStyle(each);
      if (display !== "contents" && overflowX !== "visible" && !big(each)) return true;
    }
    return false;
  };
  const visible = (one) =>
    one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && big(one) &&
    !clipped(one);
  const seen = () => all().filter(visible);
  const roots = () => [document, ...all().map((one) => one.shadowRoot).filter(Boolean)];
  const words = (one) => [...one.childNodes].filter((each) => each.nodeType === 3)
    .map((each) => each.data).join("").replace(/\s+/g, " ").trim();
  const texts = () => seen().filter(words)
    .map((one, place) => ({ text: words(one), top: box(one).top, place }))
    .sort((one, other) => one.top - other.top || one.place - other.place).map((one) => one.text);
  const spot = (text) => seen().findLast((one) => words(one).includes(text)) ?? null;
  const inView = (text) => {
    const one = spot(text);
    if (!one) return false;
    const { left, right, top, bottom } = box(one);
    return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight &&
      holds(one, hit((left + right) / 2, (top + bottom) / 2));
  };
  const named = (one) => (one.ariaLabel || one.textContent.trim() || one.labels?.[0]?.textContent ||
    one.placeholder || one.localName).replace(/\s+/g, " ").trim();
  const active = () => {
    let one = document.activeElement;
    while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
    return one;
  };
  const hit = (x, y) => {
    let one = document.elementFromPoint(x, y);
    for (let root = one?.shadowRoot; root; root = one.shadowRoot) {
      const next = root.elementFromPoint(x, y);
      if (!next || next === one) break;
      one = next;
    }
    return one;
  };
  const holds = (outer, one) => {
    for (let each = one; each; each = above(each)) if (each === outer) return true;
    return false;
  };
  const language = (one) => {
    for (let each = one; each; each = above(each)) if (each.lang) return each.lang;
    return "";
  };

  // --- how it looks -------------------------------------------------------------------------

  const LOOKS = ["display", "visibility", "opacity", "float", "font-family", "font-size",
    "font-style", "font-variant-caps", "font-weight", "line-height", "letter-spacing",
    "word-spacing", "text-transform", "text-align", "text-indent", "text-shadow", "white-space",
    "text-decoration-line", "color", "background-color", "border-top-width", "border-top-style",
    "border-top-color", "border-top-left-radius", "padding-left", "padding-top", "margin-left",
    "margin-top", "box-sizing", "cursor", "user-select", "zoom", "filter", "direction",
    "writing-mode", "list-style-type", "width", "height"];
  const path = (one) => {
    const parent = above(one);
    if (one.localName === "soleus-chat" || !parent) return one.localName;
    return `${path(parent)} ${one.localName}${[...one.parentNode.children].indexOf(one)}`;
  };
  // Of the host itself only what is inside it counts.
  const look = () => seen().filter((one) => one.localName !== "soleus-chat").flatMap((one) => {
    const style = getComputedStyle(one);
    return LOOKS.map((name) => {
      const value = style.getPropertyValue(name);
      const round = /^(width|height)$/.test(name) ? `${Math.round(parseFloat(value))}` : value;
      return `${path(one)} ${name}: ${round}`;
    });
  });

  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], [R, G, B]) =>
    [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const ground = (one) => {
    const layers = [];
    for (let each = one; each; each = above(each)) {
      const layer = rgba(getComputedStyle(each).backgroundColor);
      layers.push(layer);
      if (layer[3] === 1) break;
    }
    return layers.reduceRight((below, layer) => over(layer, below), [255, 255, 255, 1]);
  };
  const light = (color) => {
    const [r, g, b] = color.slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, pseudo) => {
    const below = ground(one);
    const color = over(rgba(getComputedStyle(one, pseudo).color), below);
    const [low, high] = [light(below), light(color)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const faint = () => [
    ...seen().filter((one) => words(one) && !one.matches(":disabled, :disabled *"))
      .map((one) => [words(one), ratio(one)]),
    ...seen().filter((one) => one.placeholder).map((one) => [one.placeholder, ratio(one, "::placeholder")]),
  ].filter(([, found]) => found < 4.49).map(([text, found]) => `${text}: ${found.toFixed(2)}`);

  // --- whether everybody can use it ---------------------------------------------------------

  const TARGETS = "button, a[href], summary, textarea, input, select, [role=button]";
  const targets = () => seen().filter((one) => one.matches(TARGETS) && !one.matches(":disabled"));
  const reach = (one) => {
    one.scrollIntoView({ block: "center", inline: "nearest" });
    const { x, y, width, height } = box(one);
    return [[0, 21], [0, -21], [21, 0], [-21, 0]].every(([dx, dy]) =>
      holds(one, hit(x + width / 2 + dx, y + height / 2 + dy)));
  };
  const small = () => targets()
    .filter((one) => !(box(one).width >= 44 && box(one).height >= 44) && !reach(one)).map(named);
  const reachable = () => {  // of an open chat, what is in it
    const chat = seen().find((one) => one.matches("dialog, [role=dialog]"));
    return targets().filter((one) => one.tabIndex >= 0 && (!chat || holds(chat, one)));
  };
  const outlined = (one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== "none" && parseFloat(outlineWidth) > 0;
  };
  const borderless = () => seen().filter((one) => one.matches("button") && !/^Source \d/.test(named(one)))
    .filter((one) => {
      const { borderTopStyle, borderTopWidth } = getComputedStyle(one);
      return borderTopStyle === "none" || parseFloat(borderTopWidth) === 0;
    }).map(named);
  const moving = () => {
    const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0.001);
    const still = all().filter((one) => {
      const style = getComputedStyle(one);
      const animated = style.animationName !== "none" && lasts(style.animationDuration);
      return animated || lasts(style.transitionDuration) || style.scrollBehavior === "smooth";
    }).map(path);
    return [...still, ...roots().flatMap((root) => root.getAnimations()).map((one) => one.id || "?")];
  };
  // What stands beyond the sides of the screen, or can be scrolled sideways.
  const wide = () => [document.documentElement, ...seen()].filter((one) => {
    const { left, right } = box(one);
    const { overflowX } = getComputedStyle(one);
    const scrolls = one === document.documentElement || /auto|scroll|hidden|clip/.test(overflowX);
    return left < -1 || right > innerWidth + 1 || (scrolls && one.scrollWidth > one.clientWidth + 1);
  }).map(path);

  return { told, violations, heard, all, seen, texts, spot, inView, named, active, hit, holds, language, look,
    rgba, light, ground, ratio, faint, small, reachable, outlined, borderless, moving, wide, above };
})();
