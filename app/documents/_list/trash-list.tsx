"use client";

import { FileText, Trash2 } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import type { DocumentItem } from "../_data/list-documents.ts";
import { UNTITLED } from "../_data/title.ts";
import { patchDocument } from "./requests.ts";
import { When } from "./when.tsx";

export function TrashList({ first }: { first: DocumentItem[] }) {
  const [documents, setDocuments] = useState(first);
  const restore = async (item: DocumentItem) => {
    try {
      await patchDocument(item.id, { trashed: false });
      setDocuments((now) => now.filter(({ id }) => id !== item.id));
      toast(`“${item.title || UNTITLED}” is back among the documents.`);
    } catch {
      toast.error("It could not be restored. Try again in a moment.");
    }
  };
  return (
    <div className="mx-auto max-w-3xl px-4 pt-6 pb-24 sm:px-8 sm:pt-14">
      <h1 className="text-2xl font-semibold tracking-tight">Trash</h1>
      {documents.length === 0 ? (
        <EmptyState icon={<Trash2 size={40} strokeWidth={1.25} />} title="The trash is empty">
          Documents that somebody moves here can be restored at any time.
        </EmptyState>
      ) : (
        <>
          <p className="mt-1 text-ink-2">Nobody can write in these. Restore one to go on; nothing in it is lost.</p>
          <ul className="mt-5" aria-label="Documents in the trash">
            {documents.map((item) => (
              <li key={item.id} className="flex min-h-14 items-center gap-3 border-b border-line px-1 sm:px-2">
                <FileText aria-hidden size={18} strokeWidth={1.5} className="shrink-0 text-ink-3" />
                <div className="min-w-0 flex-1 py-2">
                  <p className="truncate font-medium">
                    <bdi>{item.title || UNTITLED}</bdi>
                  </p>
                  <p className="text-xs text-ink-3">
                    <When at={item.trashedAt ?? item.editedAt} prefix="Moved here " />
                  </p>
                </div>
                <Button onClick={() => void restore(item)} aria-label={`Restore ${item.title || UNTITLED}`}>
                  Restore
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
