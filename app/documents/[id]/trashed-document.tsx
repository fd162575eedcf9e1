// What somebody sees who follows a link to a document in the trash.
"use client";

import { Trash2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button, buttonClass } from "#app/_ui/button.tsx";
import { MessagePage } from "#app/_ui/message-page.tsx";
import { shownTitle } from "./shown-title.ts";

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
  const actions = (
    <>
      <Button kind="filled" onClick={restore} disabled={busy}>
        Restore
      </Button>
      <Link className={buttonClass()} href="/documents">
        All documents
      </Link>
    </>
  );
  return (
    <MessagePage
      icon={<Trash2 size={40} strokeWidth={1.25} />}
      title={`“\u2068${shownTitle(title)}\u2069” is in the trash`}
      actions={actions}
    >
      <p>Nobody can write in it there. Restore it to go on; nothing in it is lost.</p>
      {problem ? (
        <p role="alert" className="mt-2 text-bad">
          {problem}
        </p>
      ) : null}
    </MessagePage>
  );
}
