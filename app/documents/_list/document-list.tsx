// The list of documents: search, create, import, rename, move to trash.
"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { Button } from "#app/_ui/button.tsx";
import { later } from "#app/_ui/later.ts";
import { notify, notifyError } from "#app/_ui/notify.ts";
import { useLater } from "#app/_ui/use-later.ts";
import type { DocumentItem, DocumentPage } from "../_data/list-documents.ts";
import { DocumentRow } from "./document-row.tsx";
import { DropArea } from "./drop-area.tsx";
import { ImportButton } from "./import-button.tsx";
import { patchDocument, postDocument } from "./requests.ts";
import { SearchField } from "./search-field.tsx";
import { useDocuments } from "./use-documents.ts";

const loadNothing = later(async () => (await import("./nothing.tsx")).Nothing);
const loadImports = later(async () => (await import("./imports.tsx")).Imports);

interface DocumentListProps {
  first: DocumentPage;
  search: string;
  userId: string;
  /** What can be imported; the list of kinds stays on the server. */
  accept: string;
}

export function DocumentList({ first, search: firstSearch, userId, accept }: DocumentListProps) {
  const [words, common] = [useTranslations("documents"), useTranslations("common")];
  const { search, setSearch, documents, hasMore, hasFailed, refresh, loadMore, change } = useDocuments(
    first,
    firstSearch,
  );
  const router = useRouter();
  const [isCreating, setCreating] = useState(false);
  const [chosen, setChosen] = useState<readonly File[][]>([]);
  const [told, setTold] = useState("");
  const Imports = useLater(loadImports, chosen.length > 0, () => setChosen([]));
  const isEmpty = documents.length === 0;
  const Nothing = useLater(loadNothing, isEmpty, () => {});
  const choose = (files: File[]) => setChosen((before) => [...before, files]);

  const create = async () => {
    setCreating(true);
    try {
      router.push(`/documents/${(await postDocument()).id}`);
    } catch {
      setCreating(false);
      notifyError(common("createFailed"));
    }
  };

  const rename = async (item: DocumentItem, title: string) => {
    change(item.id, { title });
    try {
      change(item.id, { title: (await patchDocument(item.id, { title })).title });
    } catch {
      change(item.id, { title: item.title });
      notifyError(words("renameFailed"));
    }
  };

  const trash = async (item: DocumentItem) => {
    change(item.id, null);
    try {
      await patchDocument(item.id, { trashed: true });
      notify(words("trashed"), { duration: 8000, action: { label: words("undo"), onClick: () => void restore(item) } });
    } catch {
      notifyError(words("trashFailed"));
    }
    await refresh();
  };

  const restore = async (item: DocumentItem) => {
    try {
      await patchDocument(item.id, { trashed: false });
    } catch {
      notifyError(words("stillInTrash"));
    }
    await refresh();
  };

  const createButton = (
    <Button kind="filled" onClick={create} disabled={isCreating}>
      <Plus aria-hidden size={18} strokeWidth={2} />
      {common("newDocument")}
    </Button>
  );

  return (
    <div className="mx-auto max-w-3xl px-4 pt-6 pb-24 sm:px-8 sm:pt-14">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
        <h1 tabIndex={-1} className="text-2xl font-semibold tracking-tight outline-none">
          {common("documents")}
        </h1>
        <div className="flex gap-2">
          <ImportButton accept={accept} onFiles={choose} />
          {createButton}
        </div>
      </div>
      <DropArea onFiles={choose} />
      <p role="status" className="sr-only">
        {told}
      </p>
      {Imports ? <Imports chosen={chosen} onDone={() => void refresh()} onTold={setTold} /> : null}
      <SearchField value={search} onChange={setSearch} />
      <p role="status" className="sr-only">
        {search.trim() === "" ? "" : words(hasMore ? "foundMore" : "found", { count: documents.length })}
      </p>
      {hasFailed ? <Failed onRetry={refresh} /> : null}
      {isEmpty ? (
        Nothing && <Nothing search={search} onClear={() => setSearch("")} create={createButton} />
      ) : (
        <ul className="mt-4" aria-label={words("list")}>
          {documents.map((item) => (
            <DocumentRow
              key={item.id}
              item={item}
              userId={userId}
              onRename={(title) => void rename(item, title)}
              onTrash={() => void trash(item)}
            />
          ))}
        </ul>
      )}
      {hasMore ? (
        <div className="mt-6 text-center">
          <Button onClick={loadMore}>{common("showMore")}</Button>
        </div>
      ) : null}
    </div>
  );
}

function Failed({ onRetry }: { onRetry(): void }) {
  const [words, common] = [useTranslations("documents"), useTranslations("common")];
  return (
    <div role="alert" className="mt-4 flex items-center justify-between gap-3 rounded-lg bg-bad/8 px-3 py-2">
      <span>{words("outdated")}</span>
      <Button onClick={onRetry}>{common("tryAgain")}</Button>
    </div>
  );
}
