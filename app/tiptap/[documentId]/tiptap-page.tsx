// The page around TipTap: where the text lives, who is here, whether it is saved.
"use client";

import { ArrowLeft } from "lucide-react";
import { ClosedSentences } from "#app/_collab/closed-sentences.tsx";
import { PresenceList } from "#app/_collab/presence-list.tsx";
import { SaveStatus } from "#app/_collab/save-status.tsx";
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { buttonClass } from "#app/_ui/button.tsx";
import { Link } from "#app/_ui/link.tsx";
import type { Member } from "#lib/messages.ts";
import { TiptapEditor } from "./tiptap-editor.tsx";
import { useHocuspocus } from "./use-hocuspocus.ts";
import "#app/_editor/editor.css";
import "#app/documents/[id]/document.css";

export function TiptapPage({ document, user }: { document: { id: string; title: string }; user: Member }) {
  const { provider, view } = useHocuspocus(document.id);
  const [words, common, texts] = [useTranslations("tiptap"), useTranslations("common"), useTranslations("document")];
  const title = document.title || common("untitled");
  return (
    <div className="document-page">
      <header className="document-top">
        <div className="document-bar">
          <Link
            className={buttonClass("bare", "px-2.5 sm:px-1.5")}
            href={`/documents/${document.id}`}
            title={words("back")}
          >
            <ArrowLeft aria-hidden className="rtl:-scale-x-100" size={18} strokeWidth={1.75} />
            <span className="sr-only">{words("back")}</span>
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
            <ClosedSentences message={view.refused} />
            <Link className={buttonClass()} href="/documents">
              {common("allDocuments")}
            </Link>
          </div>
        ) : null}
      </header>
      <main className="document-main" id="document-text">
        <h1 className="sr-only">{words("heading", { title })}</h1>
        <p className="mb-6 text-ink-3">{words("about")}</p>
        {provider && view.ready ? (
          <TiptapEditor provider={provider} user={user} editable={view.writable} />
        ) : (
          <p className="late text-ink-3" aria-busy={view.refused === null}>
            {view.refused ? words("nothing") : texts("loading")}
          </p>
        )}
      </main>
    </div>
  );
}
