// The editor's own words. Most of the editor is plain TypeScript (node views, menus, key titles) that no React context
// reaches, so they are here: English until the page says otherwise, which is all that Node exports and tests need.
// What blocks are called stays in English in their own files; titleOf looks whether the language has a name for them.
import type { Messages } from "next-intl";
import type { createTranslator } from "use-intl/core";
import type { LocaleCode } from "#app/_i18n/locales.ts";
import english from "#app/_i18n/messages/en/editor.json" with { type: "json" };
import { translatorOf } from "#app/_i18n/translator.ts";

type EditorMessages = Messages["editor"];

type EditorWords = ReturnType<typeof createTranslator<{ editor: EditorMessages }, "editor">>;

const wordsOf = (locale: LocaleCode, editor: EditorMessages) => translatorOf(locale, editor) as unknown as EditorWords;

let current = wordsOf("en", english);
let entries: Record<string, string> = {};
let synonyms: Record<string, string> = {};

/** `words("key", { argument })`: a text of the `editor` messages, now. Not to be called while a module is imported. */
export const words = ((...args: Parameters<typeof current>) => current(...args)) as typeof current;
words.rich = (...args) => current.rich(...args);
words.markup = (...args) => current.markup(...args);
words.raw = (...args) => current.raw(...args);
words.has = (...args) => current.has(...args);

let currentOf: [LocaleCode, EditorMessages] = ["en", english];

/** To be called before an editor is made, and with both of one language; without messages it is English. */
export function setWords(locale: LocaleCode, messages: EditorMessages = english): void {
  if (currentOf[0] === locale && currentOf[1] === messages) return;
  currentOf = [locale, messages];
  current = wordsOf(locale, messages);
  entries = messages.entries;
  synonyms = messages.synonyms;
}

/** What a menu entry or a button is called; its own English title if the language has no name for it. */
export function titleOf({ id, title }: { id: string; title: string }): string {
  return (Object.hasOwn(entries, id) && entries[id]) || title;
}

/** Other words for a menu entry in this language, with spaces between; the English ones are in the block's file. */
export function synonymsOf({ id }: { id: string }): string {
  return (Object.hasOwn(synonyms, id) && synonyms[id]) || "";
}
