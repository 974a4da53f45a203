/* Colours that can be read: contrast as WCAG 2.2 counts it, 4.5 : 1 at least for text. */

type Rgb = readonly [number, number, number];

const ENOUGH = 4.5;
const USUAL = "rgb(15,74,60)";

/** A computed colour, which `color-mix` has brought into sRGB, as parts of one; black for what is none. */
function read(computed: string): Rgb {
  const scale = computed.startsWith("rgb") ? 255 : 1;
  const [r = 0, g = 0, b = 0] = (computed.match(/\d*\.?\d+(e-?\d+)?/g) ?? []).map(
    (n) => +n / scale,
  );
  return [r, g, b];
}

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((part) =>
    part > 0.04045 ? ((part + 0.055) / 1.055) ** 2.4 : part / 12.92,
  ) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: Rgb, other: Rgb): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const css = (colour: Rgb) => `rgb(${colour.map((part) => Math.round(part * 255)).join()})`;

/** A colour as it is written, through the browser, which knows every way of writing one; the
    usual one where it cannot be read. */
function resolve(element: HTMLElement, written: string): Rgb {
  element.style.color = "";
  element.style.color = `color-mix(in srgb, ${written} 100%, #000 0%)`;
  const found = element.style.color && getComputedStyle(element).color;
  element.style.color = "";
  return read(found || USUAL);
}

/** The colour, for grounds; black or white, for text on it; and the colour made readable on `ground`. */
export function readable(element: HTMLElement, written: string, ground: string): string[] {
  const colour = resolve(element, written);
  const below = resolve(element, ground);
  const on: Rgb = contrast(colour, [1, 1, 1]) >= ENOUGH ? [1, 1, 1] : [0, 0, 0];
  const end = luminance(below) > 0.18 ? 0 : 1;
  let text = colour;
  while (contrast(text, below) < ENOUGH + 0.05) {
    text = text.map((part) => part + (end - part) * 0.08) as unknown as Rgb;
  }
  return [colour, on, text].map(css);
}
