"use client";

import { FilePlus2, FileSearch, FileText, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import type { DocumentItem, DocumentPage } from "../_data/list-documents.ts";
import { DocumentRow } from "./document-row.tsx";
import { patchDocument, postDocument } from "./requests.ts";
import { SearchField } from "./search-field.tsx";
import { useDocuments } from "./use-documents.ts";

interface DocumentListProps {
  first: DocumentPage;
  search: string;
  userId: string;
}

export function DocumentList({ first, search: firstSearch, userId }: DocumentListProps) {
  const { search, setSearch, documents, hasMore, hasFailed, refresh, loadMore, change } = useDocuments(
    first,
    firstSearch,
  );
  const router = useRouter();
  const [isCreating, setCreating] = useState(false);

  const create = async () => {
    setCreating(true);
    try {
      router.push(`/documents/${(await postDocument()).id}`);
    } catch {
      setCreating(false);
      toast.error("The document could not be created. Try again in a moment.");
    }
  };

  const rename = async (item: DocumentItem, title: string) => {
    change(item.id, { title });
    try {
      change(item.id, { title: (await patchDocument(item.id, { title })).title });
    } catch {
      change(item.id, { title: item.title });
      toast.error("It could not be renamed. The old title is back.");
    }
  };

  const trash = async (item: DocumentItem) => {
    change(item.id, null);
    const put = async (trashed: boolean) => {
      await patchDocument(item.id, { trashed }).catch(() => toast.error("That did not work. Try again in a moment."));
      await refresh();
    };
    await put(true);
    toast("Moved to trash.", { action: { label: "Undo", onClick: () => void put(false) } });
  };

  const createButton = (
    <Button kind="filled" onClick={create} disabled={isCreating}>
      <Plus aria-hidden size={18} strokeWidth={2} />
      New document
    </Button>
  );

  return (
    <div className="mx-auto max-w-3xl px-4 pt-6 pb-24 sm:px-8 sm:pt-14">
      <div className="flex items-center justify-between gap-4">
        <h1 className="text-2xl font-semibold tracking-tight">Documents</h1>
        {createButton}
      </div>
      <SearchField value={search} onChange={setSearch} />
      {hasFailed ? <Failed onRetry={refresh} /> : null}
      {documents.length > 0 ? (
        <ul className="mt-4" aria-label="Documents, recent first">
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
      ) : (
        <Nothing search={search} onClear={() => setSearch("")} create={createButton} />
      )}
      {hasMore ? (
        <div className="mt-6 text-center">
          <Button onClick={loadMore}>Show more</Button>
        </div>
      ) : null}
    </div>
  );
}

function Failed({ onRetry }: { onRetry(): void }) {
  return (
    <div role="alert" className="mt-4 flex items-center justify-between gap-3 rounded-lg bg-bad/8 px-3 py-2">
      <span>The list is not up to date: the server did not answer.</span>
      <Button onClick={onRetry}>Try again</Button>
    </div>
  );
}

function Nothing({ search, onClear, create }: { search: string; onClear(): void; create: React.ReactNode }) {
  if (search.trim() === "") {
    return (
      <EmptyState icon={<FilePlus2 size={40} strokeWidth={1.25} />} title="No documents yet" action={create}>
        Create the first one; everybody on the staff can write in it.
      </EmptyState>
    );
  }
  const icon = search ? <FileSearch size={40} strokeWidth={1.25} /> : <FileText size={40} strokeWidth={1.25} />;
  return (
    <EmptyState
      icon={icon}
      title={`No match for “${search.trim()}”`}
      action={<Button onClick={onClear}>Clear the search</Button>}
    >
      The search looks in titles.
    </EmptyState>
  );
}
