// The frame of every page: type, theme, toasts.
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";
import { Toaster } from "#app/_ui/toaster.tsx";
import "./globals.css";

// Who asks decides what is shown, so no page is made ahead of time.
export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: { default: "next-yroom", template: "%s · next-yroom" },
  description: "Write together, on your own server.",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f6f7f9" },
    { media: "(prefers-color-scheme: dark)", color: "#0c0e12" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // A script without it does not run: see server/security-headers.ts.
  const nonce = (await headers()).get("x-yroom-nonce") ?? "";
  return (
    <html lang="en" suppressHydrationWarning>
      <body>
        <ThemeProvider attribute="data-theme" defaultTheme="system" disableTransitionOnChange nonce={nonce}>
          {children}
          <Toaster />
        </ThemeProvider>
      </body>
    </html>
  );
}
