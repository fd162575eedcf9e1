// The frame of every page: language, type, theme, toasts.
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { directionOf } from "#app/_i18n/locales.ts";
import { Words } from "#app/_i18n/words.tsx";
import { Direction } from "#app/_ui/direction.tsx";
import { KeepTheme } from "#app/_ui/theme.ts";
import { themeScript } from "#app/_ui/theme-script.ts";
import { Toaster } from "#app/_ui/toaster.tsx";
import "./globals.css";

// Who asks decides what is shown, so no page is made ahead of time.
export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const words = await getTranslations("common");
  return { title: { default: "next-yroom", template: "%s · next-yroom" }, description: words("description") };
}

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f6f7f9" },
    { media: "(prefers-color-scheme: dark)", color: "#0c0e12" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // A script without it does not run: see server/security-headers.ts.
  const nonce = (await headers()).get("x-yroom-nonce") ?? "";
  const locale = await getLocale();
  const direction = directionOf(locale);
  return (
    <html lang={locale} dir={direction} suppressHydrationWarning>
      <body>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a text of ours, with the page's nonce. */}
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: themeScript }} />
        <KeepTheme />
        <Direction direction={direction}>
          <Words without={["admin", "editor", "tiptap"]}>
            {children}
            <Toaster />
          </Words>
        </Direction>
      </body>
    </html>
  );
}
