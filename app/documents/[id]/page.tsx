// A document: who may see it, and what is said when there is nothing to see.
import { FileQuestion } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { cache } from "react";
import { buttonClass } from "#app/_ui/button.tsx";
import { MessagePage } from "#app/_ui/message-page.tsx";
import { documentAccess } from "#server/auth/access.ts";
import { requireStaff } from "#server/auth/require-staff.ts";
import { DocumentPage } from "./document-page.tsx";
import { shownTitle } from "./shown-title.ts";
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
  return { title: opened ? shownTitle(opened.document.title) : "No such document" };
}

export default async function Page({ params }: Props) {
  const opened = await open((await params).id);
  if (!opened) return <Missing />;
  const { id, title, trashedAt } = opened.document;
  if (trashedAt) return <TrashedDocument id={id} title={title} />;
  const { id: userId, name, color } = opened.user;
  return <DocumentPage key={id} document={{ id, title }} user={{ id: userId, name, color }} />;
}

function Missing() {
  const actions = (
    <Link className={buttonClass()} href="/documents">
      All documents
    </Link>
  );
  return (
    <MessagePage
      icon={<FileQuestion size={40} strokeWidth={1.25} />}
      title="There is no document here, or you may not open it"
      actions={actions}
    >
      Check the address, or ask whoever sent it to you.
    </MessagePage>
  );
}
