// A line under the top bar when the connection needs words: refused by the server, or missing for a while.
"use client";

import Link from "next/link";
import type { CollaborationView } from "#app/_collab/collaboration.ts";
import { buttonClass } from "#app/_ui/button.tsx";

interface ConnectionNoticeProps {
  view: CollaborationView;
  documentId: string;
  onRetry(): void;
}

export function ConnectionNotice({ view, documentId, onRetry }: ConnectionNoticeProps) {
  if (view.refused) {
    const { title, text, action } = view.refused;
    return (
      <div className="connection-notice" role="alert" data-tone="harm">
        <p>
          <strong>{title}</strong> {text}
        </p>
        {action === "sign-in" ? (
          <a className={buttonClass()} href={`/login?callbackUrl=${encodeURIComponent(`/documents/${documentId}`)}`}>
            Sign in
          </a>
        ) : null}
        {action === "documents" ? (
          <Link className={buttonClass()} href="/documents">
            All documents
          </Link>
        ) : null}
        {action === "reload" ? (
          <button type="button" className={buttonClass()} onClick={() => location.reload()}>
            Reload
          </button>
        ) : null}
        {action === "retry" ? (
          <button type="button" className={buttonClass()} onClick={onRetry}>
            Connect again
          </button>
        ) : null}
      </div>
    );
  }
  if (!view.stalled) return null;
  return (
    <div className="connection-notice" role="alert" data-tone="attention">
      <p>{view.stalled === "never" ? neverConnected(view.ready) : lostConnection}</p>
      <button type="button" className={buttonClass()} onClick={onRetry}>
        Try now
      </button>
    </div>
  );
}

const lostConnection = (
  <>
    <strong>There is no connection.</strong> You can go on writing. What you write is sent when the connection is back;
    the page keeps trying.
  </>
);

function neverConnected(ready: boolean) {
  return (
    <>
      <strong>Live editing cannot connect.</strong> Your text is safe.{" "}
      {ready ? "You see the copy kept on this device and can write in it. " : ""}
      The page keeps trying. If this lasts, the server may be down, or a proxy may block WebSocket connections to /ws/:
      tell whoever runs this site.
    </>
  );
}
