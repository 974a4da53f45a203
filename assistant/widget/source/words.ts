/* The texts in use: the widget's language, and what the page's owner says instead. */

import type { Host } from "./host";
import type { Strings } from "./strings/en";

/** `fill("In line: {}", 3)`. */
export const fill = (text: string, value: string | number): string =>
  text.replace("{}", () => `${value}`);

/** A digest of all texts, in the name of each file of them. Filled in by build.mjs. */
declare const TEXTS: string;

/** They come as data: there is nothing in them that could be run. Throws where they cannot be had. */
export async function wordsOf(host: Host): Promise<Strings> {
  const response = await fetch(`${host.base}widget/v1/${host.lang}.${TEXTS}.json`);
  if (!response.ok) throw new Error("no texts");
  const words: Record<string, string> = await response.json();
  try {
    for (const [name, text] of Object.entries(JSON.parse(host.option("strings") || "{}"))) {
      if (name in words) words[name] = `${text}`;
    }
  } catch (error) {
    console.warn("soleus-chat: strings", error);
  }
  return words as Strings;
}
