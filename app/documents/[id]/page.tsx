// A document: who may see it. What is said when there is nothing to see is in not-found.tsx.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getMessages, getTranslations } from "next-intl/server";
import { cache } from "react";
import { DEFAULT_LOCALE } from "#app/_i18n/locales.ts";
import { runtime } from "#lib/runtime.ts";
import { documentAccess } from "#server/auth/access.ts";
import { requireStaff } from "#server/auth/require-staff.ts";
import { DocumentPage } from "./document-page.tsx";
import { TrashedDocument } from "./trashed-document.tsx";

interface Props {
  params: Promise<{ id: string }>;
}

/** Null for "not there" and for "not yours" alike: a title must not leak. */
const open = cache(async (id: string) => {
  const user = await requireStaff(`/documents/${id}`);
  const { access, document } = await documentAccess(user, id);
  return document && access !== "none" ? { user, document } : null;
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const opened = await open((await params).id);
  if (!opened) return { title: (await getTranslations("errors"))("noDocumentName") };
  return { title: opened.document.title || (await getTranslations("common"))("untitled") };
}

export default async function Page({ params }: Props) {
  const opened = await open((await params).id);
  if (!opened) notFound();
  const { id, title, isTrashed } = opened.document;
  if (isTrashed) return <TrashedDocument id={id} title={title} />;
  const { id: userId, name, color } = opened.user;
  const user = { id: userId, name, color };
  return (
    <DocumentPage
      key={id}
      document={{ id, title }}
      user={user}
      maxUploadMegabytes={runtime().env.MAX_UPLOAD_MB}
      editorWords={(await getLocale()) === DEFAULT_LOCALE ? undefined : (await getMessages()).editor}
    />
  );
}
