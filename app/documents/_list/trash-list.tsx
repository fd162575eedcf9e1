// Documents in the trash, and the way back for each.
"use client";

import { FileText, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { Button } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { notify, notifyError } from "#app/_ui/notify.ts";
import type { DocumentItem, DocumentPage } from "../_data/list-documents.ts";
import { keepFocusNear } from "./focus.ts";
import { fetchDocuments, patchDocument } from "./requests.ts";
import { When } from "./when.tsx";

export function TrashList({ first }: { first: DocumentPage }) {
  const [words, common] = [useTranslations("trash"), useTranslations("common")];
  const [page, setPage] = useState(first);
  const list = useRef<HTMLUListElement>(null);

  const restore = async (item: DocumentItem) => {
    try {
      await patchDocument(item.id, { trashed: false });
    } catch {
      notifyError(common("restoreFailed"));
      return;
    }
    const keepFocus = keepFocusNear(list.current?.querySelector(`[data-id="${CSS.escape(item.id)}"]`), "button");
    flushSync(() => setPage((now) => ({ ...now, documents: now.documents.filter(({ id }) => id !== item.id) })));
    keepFocus();
    notify(words("isBack", { title: item.title || common("untitled") }));
  };

  const loadMore = async () => {
    if (!page.next) return;
    try {
      const more = await fetchDocuments({ trashed: "1", cursor: page.next });
      setPage((now) => ({ documents: [...now.documents, ...more.documents], next: more.next }));
    } catch {
      notifyError(words("moreFailed"));
    }
  };

  return (
    <div className="mx-auto max-w-3xl px-4 pt-6 pb-24 sm:px-8 sm:pt-14">
      <h1 tabIndex={-1} className="text-2xl font-semibold tracking-tight outline-none">
        {common("trash")}
      </h1>
      {page.documents.length === 0 && page.next === null ? (
        <EmptyState icon={<Trash2 size={40} strokeWidth={1.25} />} title={words("empty")}>
          {words("emptyText")}
        </EmptyState>
      ) : (
        <p className="mt-1 text-ink-2">{words("text")}</p>
      )}
      {page.documents.length > 0 ? (
        <ul ref={list} className="mt-5" aria-label={words("list")}>
          {page.documents.map((item) => (
            <TrashedRow key={item.id} item={item} onRestore={() => void restore(item)} />
          ))}
        </ul>
      ) : null}
      {page.next ? (
        <div className="mt-6 text-center">
          <Button onClick={loadMore}>{common("showMore")}</Button>
        </div>
      ) : null}
    </div>
  );
}

function TrashedRow({ item, onRestore }: { item: DocumentItem; onRestore(): void }) {
  const [words, common] = [useTranslations("trash"), useTranslations("common")];
  const title = item.title || common("untitled");
  return (
    <li data-id={item.id} className="flex min-h-14 items-center gap-3 border-b border-line px-1 sm:px-2">
      <FileText aria-hidden size={18} strokeWidth={1.5} className="shrink-0 text-ink-3" />
      <div className="min-w-0 flex-1 py-2">
        <p className="truncate font-medium">
          <bdi>{title}</bdi>
        </p>
        <p className="text-xs text-ink-3">
          {words.rich("movedHere", { when: () => <When at={item.trashedAt ?? item.editedAt} /> })}
        </p>
      </div>
      <Button onClick={onRestore} aria-label={words("restoreNamed", { title })}>
        {common("restore")}
      </Button>
    </li>
  );
}
