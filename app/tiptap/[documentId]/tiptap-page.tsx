// The page around TipTap: where the text lives, who is here, whether it is saved.
"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { PresenceList } from "#app/_collab/presence-list.tsx";
import { SaveStatus } from "#app/_collab/save-status.tsx";
import { buttonClass } from "#app/_ui/button.tsx";
import type { Member } from "#lib/messages.ts";
import { TiptapEditor } from "./tiptap-editor.tsx";
import { useHocuspocus } from "./use-hocuspocus.ts";
import "#app/_editor/editor.css";
import "#app/documents/[id]/document.css";

export function TiptapPage({ document, user }: { document: { id: string; title: string }; user: Member }) {
  const { provider, view } = useHocuspocus(document.id);
  const title = document.title || "Untitled";
  return (
    <div className="document-page">
      <header className="document-top">
        <div className="document-bar">
          <Link
            className={buttonClass("bare", "px-2.5 sm:px-1.5")}
            href={`/documents/${document.id}`}
            title="The document"
          >
            <ArrowLeft aria-hidden size={18} strokeWidth={1.75} />
            <span className="sr-only">The document</span>
          </Link>
          <div className="document-crumb">
            <bdi>{title}</bdi>
          </div>
          <SaveStatus save={view.save} asked={0} />
          <div className="document-bar-end">
            {provider?.awareness ? <PresenceList awareness={provider.awareness} selfId={user.id} /> : null}
          </div>
        </div>
        {view.refused ? (
          <div className="connection-notice" role="alert" data-tone="harm">
            <p>
              <strong>{view.refused.title}</strong> {view.refused.text}
            </p>
            <Link className={buttonClass()} href="/documents">
              All documents
            </Link>
          </div>
        ) : null}
      </header>
      <main className="document-main" id="document-text">
        <h1 className="sr-only">{title}, in TipTap</h1>
        <p className="mb-6 text-ink-3">
          TipTap over Hocuspocus, on the same server. This text is kept beside the document’s own: the two editors do
          not know each other’s blocks.
        </p>
        {provider && view.ready ? (
          <TiptapEditor provider={provider} user={user} editable={view.writable} />
        ) : (
          <p className="late text-ink-3" aria-busy={view.refused === null}>
            {view.refused ? "There is nothing to show." : "The text is on its way."}
          </p>
        )}
      </main>
    </div>
  );
}
