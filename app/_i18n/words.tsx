// Brings words to the client components under it: only the places that they need, because all of it travels with the
// page.
import { type Messages, NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";

/** `without`: the namespaces that stay on the server. */
export async function Words({ without, children }: { without: readonly (keyof Messages)[]; children: ReactNode }) {
  const all = Object.entries(await getMessages());
  const messages = Object.fromEntries(all.filter(([name]) => !without.some((other) => other === name)));
  return <NextIntlClientProvider messages={messages}>{children}</NextIntlClientProvider>;
}
