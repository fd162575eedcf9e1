// One document of the list: opens on click, renames in place, goes to the trash.
"use client";

import { Ellipsis, FileText } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { Avatars } from "#app/_ui/avatar.tsx";
import { IconButton } from "#app/_ui/button.tsx";
import { later } from "#app/_ui/later.ts";
import { Link } from "#app/_ui/link.tsx";
import { Menu } from "#app/_ui/menu.tsx";
import { useLater } from "#app/_ui/use-later.ts";
import type { DocumentItem } from "../_data/list-documents.ts";
import { keepFocusNear, moveFocus } from "./focus.ts";
import { When } from "./when.tsx";

const loadActions = later(() => import("./row-actions.tsx"));

interface DocumentRowProps {
  item: DocumentItem;
  userId: string;
  onRename(title: string): void;
  onTrash(): void;
}

export function DocumentRow({ item, userId, onRename, onTrash }: DocumentRowProps) {
  const [words, common] = [useTranslations("documents"), useTranslations("common")];
  const [isRenaming, setRenaming] = useState(false);
  const actions = useLater(loadActions, isRenaming, () => setRenaming(false));
  const link = useRef<HTMLAnchorElement>(null);
  /** The field was left by a key, so the focus has nowhere else to be. */
  const isFocusHere = useRef(false);
  useEffect(() => {
    if (!isRenaming && isFocusHere.current) link.current?.focus();
    isFocusHere.current = false;
  }, [isRenaming]);
  const moveToTrash = () => {
    const keepFocus = keepFocusNear(link.current?.closest("li"), "a");
    onTrash();
    keepFocus();
  };
  const title = item.title || common("untitled");
  const others = item.people.filter((person) => person.id !== userId);
  return (
    <li className="group relative flex min-h-14 items-center gap-3 border-b border-line px-1 hover:bg-hover/60 sm:px-2">
      <FileText aria-hidden size={18} strokeWidth={1.5} className="shrink-0 text-ink-3" />
      {isRenaming && actions ? (
        <actions.TitleInput
          title={item.title}
          onDone={(next, isByKey) => {
            isFocusHere.current = isByKey;
            setRenaming(false);
            if (next !== null && next.trim() !== item.title) onRename(next.trim());
          }}
        />
      ) : (
        <div className="min-w-0 flex-1 py-2">
          <Link
            ref={link}
            onKeyDown={moveFocus}
            href={`/documents/${item.id}`}
            // A title that is cut loses its own end, on the page's side.
            dir="auto"
            className={`block truncate [text-align:match-parent] font-medium outline-none after:absolute after:inset-0 after:rounded-md focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent ${item.title ? "" : "text-ink-3"}`}
          >
            {title}
          </Link>
          <p className="truncate text-xs text-ink-3">
            {item.createdBy ? (
              words.rich("createdBy", { when: () => <When at={item.editedAt} />, name: item.createdBy.name })
            ) : (
              <When at={item.editedAt} />
            )}
          </p>
        </div>
      )}
      <span className="pointer-events-none relative">
        <Avatars people={others} label={words("hereNow")} />
      </span>
      <span className="relative sm:pointer-fine:opacity-0 sm:pointer-fine:group-has-focus-visible:opacity-100 sm:pointer-fine:group-hover:opacity-100 sm:pointer-fine:has-[[aria-expanded=true]]:opacity-100">
        <Menu
          inside={loadActions}
          trigger={
            <IconButton label={words("actions", { title })}>
              <Ellipsis size={18} strokeWidth={1.75} />
            </IconButton>
          }
        >
          {({ RowItems }) => <RowItems onRename={() => setRenaming(true)} onTrash={moveToTrash} />}
        </Menu>
      </span>
    </li>
  );
}
