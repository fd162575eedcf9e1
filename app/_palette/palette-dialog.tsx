// The command palette: one field that finds documents and actions. The focus stays in it; arrow keys choose, Enter does.
"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { FileText, type LucideIcon, Search, X } from "lucide-react";
import { type RefObject, useRef, useState } from "react";
import { useLocale, useTranslations } from "#app/_i18n/use-translations.tsx";
import { IconButton } from "#app/_ui/button.tsx";
import { relativeTime } from "#app/documents/_list/relative-time.ts";
import { matchingActions, type PaletteAction } from "./actions.ts";
import { useCommonActions } from "./common-actions.ts";
import { useGo } from "./go.ts";
import { type FoundDocuments, useFoundDocuments } from "./use-found-documents.ts";
import "./palette.css";

export interface PaletteDialogProps {
  open: boolean;
  onOpenChange(open: boolean): void;
  /** What can be done on this page, before what can be done on every page. */
  actions?: readonly PaletteAction[];
  /** The document that is open already. */
  documentId?: string;
}

interface Entry {
  id: string;
  title: string;
  Icon: LucideIcon;
  hint: string | undefined;
  run(): void;
}

export function PaletteDialog({ open, onOpenChange, actions = [], documentId }: PaletteDialogProps) {
  const common = useTranslations("common");
  const field = useRef<HTMLInputElement>(null);
  const chosen = useRef<Entry | null>(null);
  const choose = (entry: Entry) => {
    chosen.current = entry;
    onOpenChange(false);
  };
  // When the dialog has given the focus back, so that an action can put it elsewhere.
  const runChosen = () => {
    const entry = chosen.current;
    chosen.current = null;
    entry?.run();
  };
  return (
    <Dialog.Root
      open={open}
      onOpenChange={onOpenChange}
      onOpenChangeComplete={(isOpen) => !isOpen && setTimeout(runChosen)}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="palette-backdrop" />
        <Dialog.Popup className="palette" aria-label={common("commands")} initialFocus={field}>
          <Finder field={field} actions={actions} documentId={documentId} onChoose={choose} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface FinderProps {
  field: RefObject<HTMLInputElement | null>;
  actions: readonly PaletteAction[];
  documentId: string | undefined;
  onChoose(entry: Entry): void;
}

function Finder({ field, actions, documentId, onChoose }: FinderProps) {
  const [query, setQuery] = useState("");
  const go = useGo();
  const [words, commonWords] = [useTranslations("palette"), useTranslations("common")];
  const locale = useLocale();
  const common = useCommonActions();
  const found = useFoundDocuments(query, documentId);
  const doable: Entry[] = matchingActions([...actions, ...common], query).map(({ id, title, Icon, keys, run }) => {
    return { id: `action-${id}`, title, Icon, hint: keys, run };
  });
  const documents: Entry[] = found.documents.map(({ id, title, editedAt }) => ({
    id: `document-${id}`,
    title: title || commonWords("untitled"),
    Icon: FileText,
    hint: relativeTime(new Date(editedAt), new Date(), locale),
    run: () => go(`/documents/${encodeURIComponent(id)}`),
  }));
  const isSearch = query.trim() !== "";
  // Actions are there at once: with documents above them, the chosen entry would move away when the answer comes.
  const groups = [
    { name: isSearch ? commonWords("documents") : words("recent"), items: documents },
    { name: words("actions"), items: doable },
  ].filter(({ items }) => items.length > 0);
  if (isSearch) groups.reverse();

  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      filter={null}
      autoHighlight="always"
      keepHighlight
      value={query}
      onValueChange={(value, { reason }) => reason !== "item-press" && setQuery(value)}
      itemToStringValue={(entry: Entry) => entry.title}
    >
      <div className="palette-field">
        <Search aria-hidden size={18} strokeWidth={1.75} />
        <Autocomplete.Input
          ref={field}
          aria-label={words("field")}
          placeholder={words("field")}
          dir="auto"
          spellCheck={false}
        />
        <Dialog.Close render={<IconButton label={commonWords("close")} />}>
          <X aria-hidden size={18} strokeWidth={1.75} />
        </Dialog.Close>
      </div>
      <Autocomplete.List className="palette-list" aria-label={words("list")}>
        {(group: (typeof groups)[number]) => (
          <Autocomplete.Group key={group.name} items={group.items} className="palette-group">
            <Autocomplete.GroupLabel className="palette-group-name">{group.name}</Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(entry: Entry) => (
                <Autocomplete.Item
                  key={entry.id}
                  value={entry}
                  className="palette-item"
                  onClick={() => onChoose(entry)}
                >
                  <entry.Icon aria-hidden size={18} strokeWidth={1.75} />
                  <span className="palette-title">
                    <bdi>{entry.title}</bdi>
                  </span>
                  {entry.hint ? <span className="palette-hint">{entry.hint}</span> : null}
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
      <Status found={found} query={query.trim()} many={documents.length + doable.length} />
    </Autocomplete.Root>
  );
}

function Status({ found, query, many }: { found: FoundDocuments; query: string; many: number }) {
  const common = useTranslations("common");
  return (
    <div className="palette-foot">
      <Autocomplete.Status>
        <Told found={found} query={query} many={many} />
      </Autocomplete.Status>
      {found.hasFailed ? (
        <button type="button" className="palette-retry" onClick={found.retry}>
          {common("tryAgain")}
        </button>
      ) : null}
    </div>
  );
}

function Told({ found, query, many }: { found: FoundDocuments; query: string; many: number }) {
  const words = useTranslations("palette");
  if (found.hasFailed) return <p className="palette-note">{words("failed")}</p>;
  if (found.isLoading) return <p className="palette-note late">{words("searching")}</p>;
  if (many > 0) return <p className="sr-only">{query === "" ? "" : words("entries", { count: many })}</p>;
  return <p className="palette-note">{words.rich("noMatch", { query, b: (text) => <bdi>{text}</bdi> })}</p>;
}
