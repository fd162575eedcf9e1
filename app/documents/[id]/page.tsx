// A document: who may see it, and what is said when there is nothing to see.
import { FileQuestion } from "lucide-react";
import Link from "next/link";
import { documentAccess } from "#server/auth/access.ts";
import { requireStaff } from "#server/auth/require-staff.ts";
import { DocumentPage } from "./document-page.tsx";
import { TrashedDocument } from "./trashed-document.tsx";
import "./document.css";

interface Props {
  params: Promise<{ id: string }>;
}

export default async function Page({ params }: Props) {
  const user = await requireStaff();
  const { access, document } = await documentAccess(user, (await params).id);
  // The same words for "not there" and "not yours": a title must not leak.
  if (!document || access === "none") return <Missing />;
  if (document.trashedAt) return <TrashedDocument id={document.id} title={document.title} />;
  const { id, name, color } = user;
  return (
    <DocumentPage key={document.id} document={{ id: document.id, title: document.title }} user={{ id, name, color }} />
  );
}

function Missing() {
  return (
    <main className="document-message">
      <title>No such document · next-yroom</title>
      <FileQuestion aria-hidden size={40} strokeWidth={1.25} />
      <h1>There is no document here, or you may not open it</h1>
      <p>Check the address, or ask whoever sent it to you.</p>
      <Link className="button" href="/documents">
        All documents
      </Link>
    </main>
  );
}
