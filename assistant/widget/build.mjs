/* Bundles source/ into built/: v1.js, which every visitor of a website gets, and what it loads once somebody
   opens the chat. With --check nothing is written: it fails where built/ is not what source/ makes. */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { minify } from "terser";

const HERE = dirname(fileURLToPath(import.meta.url));
const SOURCE = join(HERE, "source");
const BUILT = join(HERE, "built");

/** A stylesheet as one short string. */
const styles = {
  name: "styles",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const text = readFileSync(path, "utf8");
      const { code } = await esbuild.transform(text, { loader: "css", minify: true });
      // What follows ": " and ", " in a custom property is kept as it is; here no space of it means anything.
      const short = code.replace(/(--[\w-]+): /g, "$1:").replace(/(var\(--[\w-]+), /g, "$1,");
      return { contents: short.trim(), loader: "text" };
    });
  },
};

async function bundle(entry, format, define = {}, compilerOptions = {}) {
  const made = await esbuild.build({
    entryPoints: [join(SOURCE, entry)],
    bundle: true,
    charset: "utf8",
    define,
    format,
    legalComments: "none",
    minifySyntax: true,
    plugins: [styles],
    target: ["chrome111", "firefox113", "safari16.4"],
    tsconfigRaw: { compilerOptions },
    write: false,
  });
  const { code } = await minify(made.outputFiles[0].text, {
    // What packs best, found by trying. "unsafe" is so where a page has changed what Array, Error and
    // RegExp are; nothing here is told apart by that.
    compress: {
      ecma: 2020,
      hoist_funs: true,
      inline: 1,
      passes: 4,
      sequences: false,
      unsafe: true,
      unsafe_arrows: true,
    },
    module: format === "esm",
  });
  return Buffer.from(code);
}

/** The texts of every language, as data. */
async function texts() {
  const found = new Map();
  for (const file of readdirSync(join(SOURCE, "strings")).sort()) {
    const module = (await bundle(`strings/${file}`, "esm")).toString("base64");
    const { strings } = await import(`data:text/javascript;base64,${module}`);
    found.set(file.slice(0, -".ts".length), Buffer.from(JSON.stringify(strings)));
  }
  return found;
}

const digest = (bytes) => createHash("sha256").update(bytes).digest("base64");
/** As much of a digest as a file's name holds. */
const short = (found) => found.slice(0, 10).replace(/\W/g, "-");

/** Every file by name. Each names those that it loads by their digests. */
async function everything() {
  const files = new Map();
  const languages = await texts();
  const version = short(digest(Buffer.concat([...languages.values()])));
  for (const [name, bytes] of languages) files.set(`${name}.${version}.json`, bytes);
  const plain = { useDefineForClassFields: false, target: "es2022" }; // packs better
  const chat = await bundle("chat.ts", "esm", { TEXTS: JSON.stringify(version) }, plain);
  files.set(`chat.${short(digest(chat))}.js`, chat);
  files.set("v1.js", await bundle("v1.ts", "iife", { CHAT: `"sha256-${digest(chat)}"` }));
  return files;
}

const wanted = await everything();
if (process.argv.includes("--check")) {
  const there = readdirSync(BUILT).sort();
  const same =
    there.join() === [...wanted.keys()].sort().join() &&
    there.every((name) => readFileSync(join(BUILT, name)).equals(wanted.get(name)));
  if (!same) {
    console.error("assistant/widget/built is not what source/ makes. Run: make widget");
    process.exit(1);
  }
} else {
  rmSync(BUILT, { recursive: true, force: true });
  mkdirSync(BUILT);
  for (const [name, bytes] of wanted) writeFileSync(join(BUILT, name), bytes);
}
