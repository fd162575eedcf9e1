// What somebody sees who follows a link to a document in the trash.
"use client";

import { Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { Button, buttonClass } from "#app/_ui/button.tsx";
import { Link } from "#app/_ui/link.tsx";
import { MessagePage } from "#app/_ui/message-page.tsx";

export function TrashedDocument({ id, title }: { id: string; title: string }) {
  const [words, common] = [useTranslations("trash"), useTranslations("common")];
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
    setProblem(common("restoreFailed"));
  };
  const actions = (
    <>
      <Button kind="filled" onClick={restore} disabled={busy}>
        {common("restore")}
      </Button>
      <Link className={buttonClass()} href="/documents">
        {common("allDocuments")}
      </Link>
    </>
  );
  return (
    <MessagePage
      icon={<Trash2 size={40} strokeWidth={1.25} />}
      title={words("oneTitle", { title: `\u2068${title || common("untitled")}\u2069` })}
      actions={actions}
    >
      <p>{words("oneText")}</p>
      {problem ? (
        <p role="alert" className="mt-2 text-bad">
          {problem}
        </p>
      ) : null}
    </MessagePage>
  );
}
