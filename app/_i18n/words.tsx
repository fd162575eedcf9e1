// Brings words to the client components under it: only the places that they need, because all of it travels with the
// page.
import type { Messages } from "next-intl";
import { getLocale, getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import { WordsProvider } from "./use-translations.tsx";

/** `without`: the namespaces that stay on the server. */
export async function Words({ without, children }: { without: readonly (keyof Messages)[]; children: ReactNode }) {
  const all = Object.entries(await getMessages());
  const messages = Object.fromEntries(all.filter(([name]) => !without.some((other) => other === name)));
  return (
    <WordsProvider locale={await getLocale()} messages={messages}>
      {children}
    </WordsProvider>
  );
}
