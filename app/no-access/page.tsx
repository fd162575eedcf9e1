// Where people land who are signed in and do not belong to the staff.
import { Lock } from "lucide-react";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { MessagePage } from "#app/_ui/message-page.tsx";
import { mayEnter } from "#server/auth/access.ts";
import { readSession } from "#server/auth/session.ts";
import { SignOutButton } from "./sign-out-button.tsx";

export const metadata: Metadata = { title: "No access" };

export default async function NoAccessPage() {
  const user = await readSession({ headers: await headers() });
  if (!user) redirect("/login");
  if (mayEnter(user)) redirect("/documents");
  return (
    <MessagePage
      icon={<Lock size={40} strokeWidth={1.25} />}
      title={`Hello ${user.name}, these documents are for staff`}
      actions={<SignOutButton />}
    >
      <p>
        You are signed in as <strong className="font-medium text-ink">{user.email}</strong>, and this account{" "}
        {user.isActive ? "does not belong to the staff" : "is not active any more"}. An administrator can change that;
        then come back.
      </p>
    </MessagePage>
  );
}
