// What next-intl may assume: a key that English does not have, or a language that is not ours, is a type error.
import type { LocaleCode } from "./locales.ts";
import type editor from "./messages/en/editor.json";
import type pages from "./messages/en/pages.json";

declare module "use-intl" {
  interface AppConfig {
    Locale: LocaleCode;
    Messages: typeof pages & { editor: typeof editor };
  }
}
