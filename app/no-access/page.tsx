// Where people land who are signed in and do not belong to the staff.
import { Lock } from "lucide-react";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { MessagePage } from "#app/_ui/message-page.tsx";
import { mayEnter } from "#server/auth/access.ts";
import { readSession } from "#server/auth/session.ts";
import { SignOutButton } from "./sign-out-button.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("noAccess"))("name") };
}

export default async function NoAccessPage() {
  const user = await readSession({ headers: await headers() });
  if (!user) redirect("/login");
  if (mayEnter(user)) redirect("/documents");
  const words = await getTranslations("noAccess");
  return (
    <MessagePage
      icon={<Lock size={40} strokeWidth={1.25} />}
      title={words("title", { name: user.name })}
      actions={<SignOutButton />}
    >
      <p>
        {words.rich(user.isActive ? "notStaff" : "notActive", {
          email: user.email,
          b: (email) => <strong className="font-medium text-ink">{email}</strong>,
        })}
      </p>
    </MessagePage>
  );
}
