// A line under the top bar when the connection needs words: refused by the server, or missing for a while.
"use client";

import type { ReactNode } from "react";
import { ClosedSentences } from "#app/_collab/closed-sentences.tsx";
import type { CollaborationView } from "#app/_collab/collaboration.ts";
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { buttonClass } from "#app/_ui/button.tsx";
import { Link } from "#app/_ui/link.tsx";

interface ConnectionNoticeProps {
  view: CollaborationView;
  documentId: string;
  onRetry(): void;
}

export function ConnectionNotice({ view, documentId, onRetry }: ConnectionNoticeProps) {
  const [words, common] = [useTranslations("collab"), useTranslations("common")];
  if (view.refused) {
    const { action } = view.refused;
    return (
      <div className="connection-notice" role="alert" data-tone="harm">
        <ClosedSentences message={view.refused} />
        {action === "sign-in" ? (
          <a className={buttonClass()} href={`/login?callbackUrl=${encodeURIComponent(`/documents/${documentId}`)}`}>
            {words("signIn")}
          </a>
        ) : null}
        {action === "documents" ? (
          <Link className={buttonClass()} href="/documents">
            {common("allDocuments")}
          </Link>
        ) : null}
        {action === "reload" ? (
          <button type="button" className={buttonClass()} onClick={() => location.reload()}>
            {words("reload")}
          </button>
        ) : null}
        {action === "retry" ? (
          <button type="button" className={buttonClass()} onClick={onRetry}>
            {words("connectAgain")}
          </button>
        ) : null}
      </div>
    );
  }
  if (!view.stalled) return null;
  return (
    <div className="connection-notice" role="alert" data-tone="attention">
      <p>{words.rich(stalledSentences(view), { b: (text: ReactNode) => <strong>{text}</strong> })}</p>
      <button type="button" className={buttonClass()} onClick={onRetry}>
        {words("tryNow")}
      </button>
    </div>
  );
}

function stalledSentences({ stalled, ready }: CollaborationView): "lost" | "never" | "neverWithCopy" {
  if (stalled === "lost") return "lost";
  return ready ? "neverWithCopy" : "never";
}
