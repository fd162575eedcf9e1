// All documents, recent first.
import type { Metadata } from "next";
import { requireStaff } from "#server/auth/require-staff.ts";
import { listDocuments, listQuery } from "./_data/list-documents.ts";
import { DocumentList } from "./_list/document-list.tsx";
import { Shell } from "./_list/shell.tsx";

export const metadata: Metadata = { title: "Documents" };

export default async function DocumentsPage({ searchParams }: { searchParams: Promise<{ q?: string | string[] }> }) {
  const user = await requireStaff();
  const { q } = await searchParams;
  const search = typeof q === "string" ? q.slice(0, 200) : "";
  const page = await listDocuments(listQuery.parse({ q: search }));
  return (
    <Shell user={user} current="documents">
      <DocumentList first={page} search={search} userId={user.id} />
    </Shell>
  );
}
