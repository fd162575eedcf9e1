// The way in. Whoever is signed in already goes straight on.
import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { LanguageRow } from "#app/_i18n/language-row.tsx";
import { Logo } from "#app/_ui/logo.tsx";
import { readSession } from "#server/auth/session.ts";
import { findDemoPeople } from "./demo-people.ts";
import { LoginForm } from "./login-form.tsx";
import { safeCallback } from "./safe-callback.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("login"))("name") };
}

export default async function LoginPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const callback = safeCallback((await searchParams).callbackUrl);
  if (await readSession({ headers: await headers() })) redirect(callback);
  const words = await getTranslations("login");
  return (
    <main className="grid min-h-dvh bg-paper sm:place-items-center sm:bg-shell sm:px-6 sm:py-12">
      <div className="w-full px-6 py-10 sm:max-w-104 sm:rounded-xl sm:bg-paper sm:px-10 sm:shadow-menu">
        <Logo size={28} />
        <h1 className="mt-7 text-2xl font-semibold tracking-tight">{words("title")}</h1>
        <LoginForm callback={callback} demoPeople={await findDemoPeople()} />
        <LanguageRow />
      </div>
    </main>
  );
}
