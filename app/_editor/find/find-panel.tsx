// Find and replace: a bar under the toolbar. The focus stays in it while it walks through the matches; Escape goes
// back to the text, with the match selected.
"use client";

import { ChevronDown, ChevronUp, X } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { EditorHandle } from "#app/_editor/editor-handle.ts";
import {
  countMatches,
  find,
  forget,
  goToNext,
  goToPrevious,
  look,
  nothingWanted,
  replaceEvery,
  replaceOne,
  selectedText,
  type Wanted,
} from "#app/_editor/find/finding.ts";
import { words } from "#app/_editor/words.ts";
import { Button, IconButton } from "#app/_ui/button.tsx";
import "#app/_editor/styles/find.css";

interface FindPanelProps {
  handle: EditorHandle;
  editable: boolean;
  /** Which field was asked for, and how often: each time it gets the focus. */
  asked: { field: "find" | "replace"; times: number };
  onClose(): void;
}

export function FindPanel({ handle, editable, asked, onClose }: FindPanelProps) {
  const state = useSyncExternalStore(handle.subscribe, handle.getState, handle.getState);
  const [wanted, setWanted] = useState<Wanted>(nothingWanted);
  const [replacement, setReplacement] = useState("");
  const [replaced, setReplaced] = useState<number | null>(null);
  const fields = { find: useRef<HTMLInputElement>(null), replace: useRef<HTMLInputElement>(null) };
  const field = fields[asked.field];

  // biome-ignore lint/correctness/useExhaustiveDependencies: only when it is asked for, not with every change of the text.
  useEffect(() => {
    const text = selectedText(handle.getState());
    if (text) change({ text });
    else look(handle.view, wanted);
    field.current?.focus();
    field.current?.select();
  }, [asked]);
  useEffect(() => () => (handle.view.isDestroyed ? undefined : forget(handle.view)), [handle]);

  const change = (part: Partial<Wanted>) => {
    const next = { ...wanted, ...part };
    setWanted(next);
    setReplaced(null);
    find(handle.view, next);
  };
  const close = () => {
    onClose();
    handle.view.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    close();
  };
  const onFind = (event: FormEvent) => {
    event.preventDefault();
    setReplaced(null);
    goToNext(handle.view);
  };
  const onReplace = (event: FormEvent) => {
    event.preventDefault();
    setReplaced(null);
    replaceOne(handle.view, replacement);
  };
  const { total, current } = countMatches(state);
  // Said, not disabled: a button that has the focus would lose it with the last match.
  const none = wanted.text === "" || total === 0;

  return (
    <search className="find-panel" aria-label={words("find.name")} onKeyDown={onKeyDown}>
      <form className="find-row" onSubmit={onFind}>
        <input
          ref={fields.find}
          type="text"
          aria-label={words("find.find")}
          placeholder={words("find.find")}
          autoComplete="off"
          spellCheck={false}
          dir="auto"
          value={wanted.text}
          onChange={(event) => change({ text: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || !event.shiftKey) return;
            event.preventDefault();
            goToPrevious(handle.view);
          }}
        />
        <output className="find-count">{summary(wanted.text, total, current, replaced)}</output>
        <IconButton label={words("find.previous")} aria-disabled={none} onClick={() => goToPrevious(handle.view)}>
          <ChevronUp aria-hidden size={18} strokeWidth={1.75} />
        </IconButton>
        <IconButton label={words("find.next")} type="submit" aria-disabled={none}>
          <ChevronDown aria-hidden size={18} strokeWidth={1.75} />
        </IconButton>
        <label className="find-option">
          <input
            type="checkbox"
            checked={wanted.matchCase}
            onChange={(event) => change({ matchCase: event.target.checked })}
          />
          {words("find.case")}
        </label>
        <label className="find-option">
          <input
            type="checkbox"
            checked={wanted.wholeWord}
            onChange={(event) => change({ wholeWord: event.target.checked })}
          />
          {words("find.whole")}
        </label>
        <IconButton className="find-close" label={words("find.close")} onClick={close}>
          <X aria-hidden size={18} strokeWidth={1.75} />
        </IconButton>
      </form>
      {editable ? (
        <form className="find-row" onSubmit={onReplace}>
          <input
            ref={fields.replace}
            type="text"
            aria-label={words("find.with")}
            placeholder={words("find.with")}
            autoComplete="off"
            dir="auto"
            value={replacement}
            onChange={(event) => setReplacement(event.target.value)}
          />
          <Button type="submit" aria-disabled={none}>
            {words("find.replace")}
          </Button>
          <Button aria-disabled={none} onClick={() => !none && setReplaced(replaceEvery(handle.view, replacement))}>
            {words("find.all")}
          </Button>
        </form>
      ) : null}
    </search>
  );
}

function summary(text: string, total: number, current: number, replaced: number | null): string {
  if (replaced !== null) return words("find.replaced", { count: replaced });
  if (text === "") return "";
  if (total === 0) return words("find.none");
  return current === 0 ? words("find.matches", { count: total }) : words("find.at", { current, total });
}
