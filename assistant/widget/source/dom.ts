/* Elements without markup: nothing here is parsed as HTML, so no text can become any. */

export type Child = Node | string | false | null | undefined | Child[];
type Attributes = Record<string, string | number | boolean | null | undefined>;

/** Of what comes from the shelf, in whatever language the widget is. */
export const english = { lang: "en", dir: "ltr" };

const SVG = "http://www.w3.org/2000/svg";

function fill(element: Element, attributes: Attributes, children: Child[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, `${value}`);
  }
  for (const child of children.flat(9) as Exclude<Child, Child[]>[])
    if (child) element.append(child);
}

/** `h("p.lead", { dir: "auto" }, text)`: a paragraph of this class. */
export function h(name: string, attributes: Attributes = {}, ...children: Child[]): HTMLElement {
  const [tag = "div", ...classes] = name.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  fill(element, attributes, children);
  return element;
}

/** A drawing of 24 by 24, of one path. */
export function icon(d: string): Element {
  const [drawing, path] = [
    document.createElementNS(SVG, "svg"),
    document.createElementNS(SVG, "path"),
  ];
  fill(drawing, { viewBox: "0 0 24 24", "aria-hidden": "true" }, [path]);
  path.setAttribute("d", d);
  return drawing;
}

/** Makes `old` look like `fresh`, keeping nodes, so that the focus survives. */
export function patch(old: Element, fresh: Element): void {
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  const olds = [...old.childNodes];
  const count = fresh.childNodes.length;
  [...fresh.childNodes].forEach((node, place) => {
    const was = olds[place];
    if (!was) old.append(node);
    else if (was.nodeName !== node.nodeName) was.replaceWith(node);
    else if (node instanceof Element) {
      if ((was as Element).className === node.className) patch(was as Element, node);
      else was.replaceWith(node);
    } else if (was.nodeValue !== node.nodeValue) was.nodeValue = node.nodeValue;
  });
  for (const gone of olds.slice(count)) gone.remove();
}
