// What runs now: rooms, connections, servers and workers. For admins.
import type { Metadata } from "next";
import { Shell } from "#app/documents/_list/shell.tsx";
import { requireAdmin } from "#server/auth/require-admin.ts";
import { AdminPage } from "./_page/admin-page.tsx";

export const metadata: Metadata = { title: "What runs now" };

export default async function Page() {
  const user = await requireAdmin("/admin");
  return (
    <Shell user={user} current="admin">
      <AdminPage />
    </Shell>
  );
}
