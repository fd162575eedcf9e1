// No component says something in English by itself: what stands in the JSX of app/**/*.tsx, and in the attributes that
// people see or hear, comes from the messages. The files are compiled, so that only what JSX makes is looked at.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import { expect, test } from "vitest";

const app = fileURLToPath(new URL("..", import.meta.url));

/** Folders and files that may still speak English, and why. */
const allowed: Record<string, string> = {
  "_editor/": "its words come from app/_editor/words.ts; not all of them are there yet",
  "documents/[id]/document-page.tsx": "the labels of its bar are the editor's",
  "global-error.tsx": "the frame of the pages failed, and with it the messages",
};
/** No words of a language. */
const names = new Set(["next-yroom", "use client"]);

const STRING = /"(?:[^"\\]|\\.)*"|`[^`]*`/;
/** What people see or hear of an element, up to the comma after it. */
const SEEN = new RegExp(
  String.raw`(?<![\w-])"?(?:children|aria-label|aria-description|title|placeholder|alt|label|text|action)"?: ` +
    String.raw`((?:${STRING.source}|[^,}\n])*)`,
  "g",
);
/** One of several children, alone or behind a question. */
const CHILD = new RegExp(String.raw`^\s*((?:[\w.!() ]+ \? )?(?:${STRING.source}).*)$`, "gm");
const TOLD = new RegExp(String.raw`\b(?:notify(?:Error)?|confirm|alert)\(\s*(${STRING.source})`, "g");

/** Texts that a component would show as they are. */
function textsOf(source: string): string[] {
  const { code } = transformSync(source, { loader: "tsx", jsx: "automatic", charset: "utf8" });
  const parts = [SEEN, CHILD, TOLD].flatMap((pattern) => [...code.matchAll(pattern)].map(([, part = ""]) => part));
  const texts = parts.flatMap((part) => {
    // Keys and arguments of a translator are no texts.
    const own = part.replaceAll(/\b\w+(?:\.rich)?\((?:[^()]|\([^()]*\))*\)/g, "");
    return [...own.matchAll(new RegExp(STRING, "g"))].map(([literal]) => literal.slice(1, -1));
  });
  return [...new Set(texts.filter((text) => isText(text.replaceAll(/\$\{[^}]*\}/g, ""))))];
}

/** One word that begins small is a key, a name or a class. */
function isText(literal: string): boolean {
  return /\p{L}{2}/u.test(literal) && !names.has(literal.trim()) && !/^[a-z][\w.-]*$/.test(literal);
}

test("finds texts between tags, in attributes and in toasts, and nothing else", () => {
  const component = `
    export function Example({ name, isNew, words, onDone }) {
      const label = "no text of the page";
      notify("Was moved.");
      return <p className="a b" aria-label={isNew ? \`Rename it\` : name} title={isNew ? "Made now" : words("old")}>
        Hello <b>{name}</b>, you <i>there</i>
        <input placeholder="Search titles" type="search" value={label} />{words("count", { n: 1 })}<u>{" "}</u>
        {isNew ? "Just now" : null}
      </p>;
    }`;
  expect(textsOf(component).sort()).toEqual(
    ["Hello ", ", you ", "Just now", "Made now", "Rename it", "Search titles", "Was moved."].sort(),
  );
});

test("no component speaks English by itself", () => {
  const files = readdirSync(app, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".tsx") && !Object.keys(allowed).some((start) => file.startsWith(start)),
  );
  expect(files.length).toBeGreaterThan(40);
  const found = files.flatMap((file) =>
    textsOf(readFileSync(join(app, file), "utf8")).map((text) => `app/${file}: ${text}`),
  );
  expect(found).toEqual([]);
});
