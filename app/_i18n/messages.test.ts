// Every language says the same things: the keys and arguments of English, nothing empty, nothing that cannot be read.
import { createTranslator } from "use-intl/core";
import { describe, expect, test } from "vitest";
import { DEFAULT_LOCALE, locales } from "./locales.ts";
import { argumentsOf } from "./message-arguments.test-helper.ts";
import { readMessages } from "./read-messages.ts";
import { type Tree, translatorOf } from "./translator.ts";

/** Dotted key to text. Names of blocks are apart: English ones are in the blocks' files (app/_editor/words.test.ts). */
function flat(messages: object, prefix = ""): Map<string, string> {
  const all = Object.entries(messages).flatMap(([name, value]): [string, string][] => {
    const key = prefix + name;
    if (key === "editor.entries" || key === "editor.synonyms") return [];
    return typeof value === "string" ? [[key, value]] : [...flat(value, `${key}.`)];
  });
  return new Map(all);
}

const english = flat(await readMessages(DEFAULT_LOCALE));

test("arguments are found in plurals and beside them", () => {
  expect(argumentsOf("<b>{name}</b>: {n, plural, one {# by {who}} other {# files}}")).toEqual([
    "<b>",
    "n:plural",
    "name",
    "who",
  ]);
});

describe.each(locales)("$name", async ({ code }) => {
  const messages = await readMessages(code);
  const texts = flat(messages);

  test("has the keys of English", () => {
    expect([...texts.keys()].sort()).toEqual([...english.keys()].sort());
  });

  test("has the arguments of English", () => {
    const shape = (all: Map<string, string>) => [...all].map(([key, text]) => [key, argumentsOf(text)]).sort();
    expect(shape(texts)).toEqual(shape(english));
  });

  test("is nowhere empty, and has no space at an end", () => {
    expect([...texts].filter(([, text]) => text === "" || text !== text.trim())).toEqual([]);
  });

  test("can be read as ICU messages, and our reader for the browser says the same, for none, one, a few and many", () => {
    const throwIt = (error: Error): never => {
      throw error;
    };
    const tree = messages as unknown as Tree;
    const icu = createTranslator({ locale: code, messages: tree as Record<string, unknown>, onError: throwIt });
    const ours = translatorOf(code, tree);
    for (const [key, text] of texts) {
      for (const count of [0, 1, 2, 3, 5, 11, 21, 100, 1000, 1_234_567]) {
        const values = argumentsOf(text).map((argument) => {
          const name = argument.replace(/[<>]|:.*/g, "");
          return [name, argument.startsWith("<") ? (inside: unknown) => `[${name}: ${inside}]` : count] as const;
        });
        const said = ours.markup(key, Object.fromEntries(values));
        expect(said, key).toBe(icu.markup(key as never, Object.fromEntries(values) as never));
        expect(said, key).not.toBe("");
      }
    }
  });
});
