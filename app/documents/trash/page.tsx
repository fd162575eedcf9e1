// Documents in the trash, last trashed first.
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#server/auth/require-staff.ts";
import { listDocuments, listQuery } from "../_data/list-documents.ts";
import { Shell } from "../_list/shell.tsx";
import { TrashList } from "../_list/trash-list.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("common"))("trash") };
}

export default async function TrashPage() {
  const user = await requireStaff("/documents/trash");
  const page = await listDocuments(listQuery.parse({ trashed: "1", limit: 100 }));
  return (
    <Shell user={user} current="trash">
      <TrashList first={page} />
    </Shell>
  );
}
