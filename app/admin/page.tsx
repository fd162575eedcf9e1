// What runs now: rooms, connections, servers and workers. For admins.
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Words } from "#app/_i18n/words.tsx";
import { Shell } from "#app/documents/_list/shell.tsx";
import { requireAdmin } from "#server/auth/require-admin.ts";
import { AdminPage } from "./_page/admin-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("common"))("whatRuns") };
}

export default async function Page() {
  const user = await requireAdmin("/admin");
  return (
    <Shell user={user} current="admin">
      <Words without={["editor"]}>
        <AdminPage />
      </Words>
    </Shell>
  );
}
