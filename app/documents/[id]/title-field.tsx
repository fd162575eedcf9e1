// The title in the page: typed in place, stored a moment later, and changed live when somebody else renames.
"use client";

import { useEffect, useRef, useState } from "react";
import { useTranslations } from "#app/_i18n/use-translations.tsx";

interface TitleFieldProps {
  documentId: string;
  title: string;
  editable: boolean;
  onTitle(title: string): void;
  /** Enter and arrow down lead into the text. */
  onLeave(): void;
}

/** ms after the last key. */
const STORE_AFTER = 500;

export function TitleField({ documentId, title, editable, onTitle, onLeave }: TitleFieldProps) {
  const [words, common] = [useTranslations("document"), useTranslations("common")];
  /** What is typed and not stored yet: somebody else's rename does not take it away. */
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<"titleNotSaved" | "titleOffline" | null>(null);
  const waiting = useRef<{ title: string; timer: ReturnType<typeof setTimeout> } | null>(null);

  const store = async () => {
    const next = waiting.current;
    if (!next) return;
    clearTimeout(next.timer);
    waiting.current = null;
    setProblem(await patchTitle(documentId, next.title));
    if (!waiting.current) setDraft(null);
  };
  const storeRef = useRef(store);
  storeRef.current = store;
  useEffect(() => () => void storeRef.current(), []);

  const change = (value: string) => {
    const next = value.replace(/[\r\n]+/g, " ");
    setDraft(next);
    onTitle(next);
    if (waiting.current) clearTimeout(waiting.current.timer);
    waiting.current = { title: next, timer: setTimeout(() => storeRef.current(), STORE_AFTER) };
  };

  return (
    <>
      <textarea
        className="document-title"
        aria-label={common("title")}
        placeholder={common("untitled")}
        dir="auto"
        rows={1}
        maxLength={200}
        spellCheck
        enterKeyHint="next"
        readOnly={!editable}
        value={draft ?? title}
        onChange={(event) => change(event.target.value)}
        onBlur={() => void store()}
        onKeyDown={(event) => {
          const { selectionStart, value } = event.currentTarget;
          const leaves = event.key === "Enter" || (event.key === "ArrowDown" && selectionStart === value.length);
          if (!leaves || event.nativeEvent.isComposing) return;
          event.preventDefault();
          onLeave();
        }}
      />
      {problem ? (
        <p role="alert" className="document-title-problem">
          {words(problem)}
        </p>
      ) : null}
    </>
  );
}

/** Null if it is stored, or what went wrong. */
async function patchTitle(documentId: string, title: string): Promise<"titleNotSaved" | "titleOffline" | null> {
  try {
    const response = await fetch(`/api/documents/${encodeURIComponent(documentId)}`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ title: title.trim() }),
      keepalive: true,
    });
    if (response.ok) return null;
    return "titleNotSaved";
  } catch {
    return "titleOffline";
  }
}
