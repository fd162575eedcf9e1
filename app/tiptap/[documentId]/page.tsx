// A showcase: the same document's page with another editor (TipTap) over another provider (Hocuspocus). Its text is a
// room of its own, since the two editors do not know each other's blocks.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { Words } from "#app/_i18n/words.tsx";
import { documentAccess } from "#server/auth/access.ts";
import { requireStaff } from "#server/auth/require-staff.ts";
import { TiptapPage } from "./tiptap-page.tsx";

interface Props {
  params: Promise<{ documentId: string }>;
}

/** Null for "not there", "in the trash" and "not yours" alike: a title must not leak. */
const open = cache(async (id: string) => {
  const user = await requireStaff(`/tiptap/${id}`);
  const { access, document } = await documentAccess(user, id);
  return document && !document.isTrashed && access !== "none" ? { user, document } : null;
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const opened = await open((await params).documentId);
  if (!opened) return { title: (await getTranslations("errors"))("noDocumentName") };
  const title = opened.document.title || (await getTranslations("common"))("untitled");
  return { title: (await getTranslations("tiptap"))("name", { title }) };
}

export default async function Page({ params }: Props) {
  const opened = await open((await params).documentId);
  if (!opened) notFound();
  const { id, title } = opened.document;
  const { id: userId, name, color } = opened.user;
  return (
    <Words without={["admin", "editor"]}>
      <TiptapPage key={id} document={{ id, title }} user={{ id: userId, name, color }} />
    </Words>
  );
}
