// Which language this request is answered in, for next-intl (next.config.js leads it here): the person's own choice,
// else what their browser asks for. Addresses are the same in all languages.
import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { knownLocale, LOCALE_COOKIE } from "./locales.ts";
import { negotiateLocale } from "./negotiate.ts";
import { readMessages } from "./read-messages.ts";

export default getRequestConfig(async () => {
  const chosen = knownLocale((await cookies()).get(LOCALE_COOKIE)?.value);
  const locale = chosen ?? negotiateLocale((await headers()).get("accept-language"));
  return { locale, messages: await readMessages(locale) };
});
