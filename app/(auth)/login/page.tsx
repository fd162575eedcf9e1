// The way in. Whoever is signed in already goes straight on.
import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { readSession } from "#server/auth/session.ts";
import { findDemoPeople } from "./demo-people.ts";
import { LoginForm } from "./login-form.tsx";
import { safeCallback } from "./safe-callback.ts";

export const metadata: Metadata = { title: "Log in" };

export default async function LoginPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const callback = safeCallback((await searchParams).callbackUrl);
  if (await readSession({ headers: await headers() })) redirect(callback);
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center px-6 py-12">
      <p className="text-sm font-semibold tracking-tight text-ink-3">next-yroom</p>
      <h1 className="mt-1 text-2xl font-semibold tracking-tight">Log in to write together</h1>
      <LoginForm callback={callback} demoPeople={await findDemoPeople()} />
    </main>
  );
}
