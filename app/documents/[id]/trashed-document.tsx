// What somebody sees who follows a link to a document in the trash.
"use client";

import { Trash2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import "./document.css";

export function TrashedDocument({ id, title }: { id: string; title: string }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const restore = async () => {
    setBusy(true);
    const restored = await fetch(`/api/documents/${encodeURIComponent(id)}`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ trashed: false }),
    }).catch(() => null);
    if (restored?.ok) return location.reload();
    setBusy(false);
    setProblem("It could not be restored. Try again in a moment.");
  };
  return (
    <main className="document-message">
      <title>{`${title || "Untitled"} (in the trash) · next-yroom`}</title>
      <Trash2 aria-hidden size={40} strokeWidth={1.25} />
      <h1>
        <bdi>{title || "Untitled"}</bdi> is in the trash
      </h1>
      <p>Nobody can write in it there. Restore it to go on; nothing in it is lost.</p>
      {problem ? <p role="alert">{problem}</p> : null}
      <div className="document-message-actions">
        <button type="button" className="button" onClick={restore} disabled={busy}>
          Restore
        </button>
        <Link className="button" href="/documents">
          All documents
        </Link>
      </div>
    </main>
  );
}
