// All documents, recent first. The gate comes before anything is sent, so that a refusal is a real redirect.
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { ACCEPT } from "#app/_editor/import/kinds.ts";
import { requireStaff } from "#server/auth/require-staff.ts";
import { listDocuments, listQuery } from "./_data/list-documents.ts";
import { cleanTitle, TITLE_LENGTH } from "./_data/title.ts";
import { DocumentList } from "./_list/document-list.tsx";
import { ListSkeleton } from "./_list/list-skeleton.tsx";
import { Shell } from "./_list/shell.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("common"))("documents") };
}

export default async function DocumentsPage({ searchParams }: { searchParams: Promise<{ q?: string | string[] }> }) {
  const { q } = await searchParams;
  const search = cleanTitle(typeof q === "string" ? q.slice(0, TITLE_LENGTH) : "");
  const user = await requireStaff(search === "" ? undefined : `/documents?q=${encodeURIComponent(search)}`);
  return (
    <Shell user={user} current="documents">
      <Suspense fallback={<ListSkeleton />}>
        <Found search={search} userId={user.id} />
      </Suspense>
    </Shell>
  );
}

async function Found({ search, userId }: { search: string; userId: string }) {
  const first = await listDocuments(listQuery.parse({ q: search }));
  return <DocumentList first={first} search={search} userId={userId} accept={ACCEPT} />;
}
