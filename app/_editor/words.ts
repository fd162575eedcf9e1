// The editor's own words. Most of the editor is plain TypeScript (node views, menus, key titles) that no React context
// reaches, so they are here: English until the page says otherwise, which is all that Node exports and tests need.
// What blocks are called stays in English in their own files; titleOf looks whether the language has a name for them.
import type { Messages } from "next-intl";
import { createTranslator } from "use-intl/core";
import type { LocaleCode } from "#app/_i18n/locales.ts";
import english from "#app/_i18n/messages/en/editor.json";

type EditorMessages = Messages["editor"];

function translatorOf(locale: LocaleCode, editor: EditorMessages) {
  return createTranslator<{ editor: EditorMessages }, "editor">({ locale, messages: { editor }, namespace: "editor" });
}

let current = translatorOf("en", english);
let entries: Record<string, string> = {};

/** `words("key", { argument })`: a text of the `editor` messages, now. Not to be called while a module is imported. */
export const words = ((...args: Parameters<typeof current>) => current(...args)) as typeof current;
words.rich = (...args) => current.rich(...args);
words.markup = (...args) => current.markup(...args);
words.raw = (...args) => current.raw(...args);
words.has = (...args) => current.has(...args);

/** To be called before an editor is made, and with both of one language. */
export function setWords(locale: LocaleCode, messages: EditorMessages): void {
  current = translatorOf(locale, messages);
  entries = messages.entries;
}

/** What a menu entry or a button is called; its own English title if the language has no name for it. */
export function titleOf({ id, title }: { id: string; title: string }): string {
  return (Object.hasOwn(entries, id) && entries[id]) || title;
}
