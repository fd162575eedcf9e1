import { afterEach, expect, test } from "vitest";
import { buttons } from "#app/_editor/toolbar/entries.ts";
import { setWords, titleOf } from "#app/_editor/words.ts";
import { DEFAULT_LOCALE, locales } from "#app/_i18n/locales.ts";
import { readMessages } from "#app/_i18n/read-messages.ts";

afterEach(async () => setWords(DEFAULT_LOCALE, (await readMessages(DEFAULT_LOCALE)).editor));

const places = ["type", "mark", "align", "list", "insert", "table", "history", "link"] as const;
const others = locales.filter(({ code }) => code !== DEFAULT_LOCALE);

test.each(others)("no button of the editor lacks a name in $name, and no name lacks its button", async ({ code }) => {
  const ids = places.flatMap((place) => buttons(place).map(({ id }) => id));
  const { entries } = (await readMessages(code)).editor;
  expect(Object.keys(entries).sort()).toEqual(ids.sort());
});

test("what has no name in this language keeps its own title", async () => {
  setWords("de", (await readMessages("de")).editor);
  expect(titleOf({ id: "strong", title: "Bold" })).toBe("Fett");
  expect(titleOf({ id: "spoiler", title: "Spoiler" })).toBe("Spoiler");
  expect(titleOf({ id: "constructor", title: "Constructor" })).toBe("Constructor");
});

test("without any set-up everything is English", () => {
  expect(titleOf({ id: "strong", title: "Bold" })).toBe("Bold");
});
