// What can be done with the selected picture: words for those who do not see it, its width, and away with it. Enter on
// a selected picture goes into the bar, Escape back.
"use client";

import { flip, offset, shift } from "@floating-ui/dom";
import { Download, Trash2 } from "lucide-react";
import { type EditorState, NodeSelection } from "prosemirror-state";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { EditorHandle } from "#app/_editor/editor-handle.ts";
import { placeAt } from "#app/_editor/place-at.ts";
import { fileUrl } from "#app/_editor/upload/uploaded-file.ts";
import { useEditorValue } from "#app/_editor/use-editor-value.ts";
import { words } from "#app/_editor/words.ts";
import "#app/_editor/styles/image-bar.css";

const widths = [
  { width: null, title: "image.own" },
  { width: 25, title: "image.quarter" },
  { width: 50, title: "image.half" },
  { width: 75, title: "image.threeQuarters" },
  { width: 100, title: "image.full" },
] as const;

function selectedImage({ selection }: EditorState): NodeSelection | null {
  return selection instanceof NodeSelection && selection.node.type.name === "image" ? selection : null;
}

function shownOf(state: EditorState): string {
  const selected = selectedImage(state);
  return selected ? `${selected.from} ${JSON.stringify(selected.node.attrs)}` : "";
}

export function ImageBar({ handle, editable }: { handle: EditorHandle; editable: boolean }) {
  useEditorValue(handle, shownOf);
  const selected = selectedImage(handle.getState());
  const place = useRef<HTMLDivElement>(null);
  const { view } = handle;
  const pos = selected?.from ?? null;

  useEffect(() => {
    const box = place.current;
    const dom = pos === null ? null : view.nodeDOM(pos);
    if (!box || !(dom instanceof HTMLElement)) return;
    const enter = (event: globalThis.KeyboardEvent) => {
      if (event.key !== "Enter" || event.isComposing || !selectedImage(view.state)) return;
      event.preventDefault();
      event.stopPropagation();
      box.querySelector("input")?.focus();
    };
    view.dom.addEventListener("keydown", enter, { capture: true });
    const middleware = [offset(8), flip(), shift({ padding: 8 })];
    const stop = placeAt(box, dom, { placement: "bottom", middleware });
    return () => {
      stop();
      view.dom.removeEventListener("keydown", enter, { capture: true });
    };
  }, [pos, view]);

  if (!selected || pos === null) return null;
  const { file, alt, width } = selected.node.attrs;
  const set = (name: string, value: unknown) => {
    // A field that is left may be left because the text may not be changed any more.
    if (!view.editable) return;
    const tr = view.state.tr.setNodeAttribute(pos, name, value).setMeta("intention", true);
    view.dispatch(tr.setSelection(NodeSelection.create(tr.doc, pos)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") view.focus();
  };
  return (
    <div ref={place} role="toolbar" aria-label={words("image.name")} className="image-bar" onKeyDown={onKeyDown}>
      <AltField
        key={file}
        alt={alt}
        editable={editable}
        onAlt={(value) => set("alt", value)}
        onDone={() => view.focus()}
      />
      <select
        aria-label={words("image.width")}
        value={widths.some((entry) => entry.width === width) ? String(width) : "own"}
        aria-disabled={!editable}
        onMouseDown={(event) => editable || event.preventDefault()}
        onKeyDown={(event) => editable || event.key === "Tab" || event.key === "Escape" || event.preventDefault()}
        onChange={(event) => set("width", event.target.value === "null" ? null : Number(event.target.value))}
      >
        {widths.some((entry) => entry.width === width) ? null : <option value="own">{width} %</option>}
        {widths.map((entry) => (
          <option key={entry.title} value={String(entry.width)}>
            {words(entry.title)}
          </option>
        ))}
      </select>
      {file ? (
        <a href={`${fileUrl(file)}?download`} download aria-label={words("image.save")} title={words("image.save")}>
          <Download aria-hidden size={18} strokeWidth={1.75} />
        </a>
      ) : null}
      <button
        type="button"
        aria-label={words("image.remove")}
        title={words("image.remove")}
        aria-disabled={!editable}
        onClick={() => {
          if (!view.editable) return;
          view.dispatch(view.state.tr.deleteSelection().setMeta("intention", true));
          view.focus();
        }}
      >
        <Trash2 aria-hidden size={18} strokeWidth={1.75} />
      </button>
    </div>
  );
}

interface AltFieldProps {
  alt: string;
  editable: boolean;
  onAlt(value: string): void;
  onDone(): void;
}

/** Kept when it is left or Enter is pressed, so that undo takes back whole words. */
function AltField({ alt, editable, onAlt, onDone }: AltFieldProps) {
  const [value, setValue] = useState(alt);
  useEffect(() => setValue(alt), [alt]);
  const keep = () => {
    if (value.trim() !== alt) onAlt(value.trim());
  };
  return (
    <input
      aria-label={words("image.alt")}
      placeholder={words("image.altHint")}
      maxLength={1000}
      dir="auto"
      value={value}
      readOnly={!editable}
      onChange={(event) => setValue(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
        event.preventDefault();
        keep();
        onDone();
      }}
    />
  );
}
