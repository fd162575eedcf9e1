// Loads the words of one language. Pages and the editor have a file each, because the editor's English words are in
// its JavaScript and those of the pages are not: app/_editor/words.ts.
import type { Messages } from "next-intl";
import type { LocaleCode } from "./locales.ts";

export async function readMessages(locale: LocaleCode): Promise<Messages> {
  const [pages, editor] = await Promise.all([
    import(`./messages/${locale}/pages.json`),
    import(`./messages/${locale}/editor.json`),
  ]);
  return { ...pages.default, editor: editor.default };
}
