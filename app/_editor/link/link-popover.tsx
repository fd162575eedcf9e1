// The popover of a link: read it, open it, copy it, change it, remove it. Placed at the selection.
"use client";

import { flip, offset, shift } from "@floating-ui/dom";
import { Copy, ExternalLink, Pencil, Unlink } from "lucide-react";
import { type EditorState, TextSelection } from "prosemirror-state";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { markOf } from "#app/_editor/commands/lookup.ts";
import type { EditorHandle } from "#app/_editor/editor-handle.ts";
import { safeUrl, typedUrl } from "#app/_editor/link/url.ts";
import { placeAt } from "#app/_editor/place-at.ts";
import { closeLink, editLink, type LinkAt, linkAt, linkPopover } from "#app/_editor/plugins/links.ts";
import { useEditorValue } from "#app/_editor/use-editor-value.ts";
import { words } from "#app/_editor/words.ts";

/** Drawn with every change while it is open, and not at all before. */
const whenOpen = (state: EditorState) => (linkPopover(state) === "closed" ? null : state);

export function LinkPopover({ handle, editable }: { handle: EditorHandle; editable: boolean }) {
  useEditorValue(handle, whenOpen);
  const state = handle.getState();
  const popover = linkPopover(state);
  const place = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (popover === "closed" || !place.current) return;
    const box = place.current;
    const anchor = { contextElement: handle.view.dom, getBoundingClientRect: () => selectionRect(handle) };
    const middleware = [offset(8), flip(), shift({ padding: 8 })];
    return placeAt(box, anchor, { placement: "bottom-start", middleware });
  }, [popover, handle]);

  // What may not be written is not asked for either; the focus goes back to the text.
  useEffect(() => {
    if (!editable && popover === "edit") back(handle);
  }, [editable, popover, handle]);

  const link = linkAt(state);
  if (popover === "closed" || (popover === "view" && !link)) return null;
  return (
    <div
      ref={place}
      className="link-popover"
      role="dialog"
      aria-label={words("link.name")}
      onKeyDown={(event) => {
        if (event.key === "Escape") back(handle);
      }}
    >
      {popover === "edit" || !link ? (
        <Edit handle={handle} link={link} />
      ) : (
        <View handle={handle} editable={editable} link={link} />
      )}
    </div>
  );
}

function selectionRect({ view }: EditorHandle): DOMRect {
  const { from, to } = view.state.selection;
  const start = view.coordsAtPos(from);
  const end = view.coordsAtPos(to, -1);
  const left = Math.min(start.left, end.left);
  return new DOMRect(left, start.top, Math.max(start.right, end.right) - left, end.bottom - start.top);
}

function back({ view }: EditorHandle): void {
  closeLink(view.state, view.dispatch);
  view.focus();
}

function remove(handle: EditorHandle, { from, to, mark }: LinkAt): void {
  const { view } = handle;
  if (view.editable) view.dispatch(view.state.tr.removeMark(from, to, mark).setMeta("intention", true));
  back(handle);
}

function View({ handle, editable, link }: { handle: EditorHandle; editable: boolean; link: LinkAt }) {
  const href = safeUrl(link.mark.attrs.href);
  const { view } = handle;
  return (
    <div className="link-popover-row">
      {href === null ? (
        <span className="link-popover-url">{words("link.forbidden")}</span>
      ) : (
        <a className="link-popover-url" href={href} target="_blank" rel="noopener noreferrer nofollow">
          {href}
          <ExternalLink aria-label={words("link.newTab")} size={14} strokeWidth={1.75} />
        </a>
      )}
      <button type="button" aria-label={words("link.copy")} onClick={() => navigator.clipboard?.writeText(href ?? "")}>
        <Copy aria-hidden size={16} strokeWidth={1.75} />
      </button>
      {editable ? (
        <>
          <button type="button" aria-label={words("link.change")} onClick={() => editLink(view.state, view.dispatch)}>
            <Pencil aria-hidden size={16} strokeWidth={1.75} />
          </button>
          <Remove handle={handle} link={link} />
        </>
      ) : null}
    </div>
  );
}

function Remove({ handle, link }: { handle: EditorHandle; link: LinkAt }) {
  return (
    <button type="button" aria-label={words("link.remove")} onClick={() => remove(handle, link)}>
      <Unlink aria-hidden size={16} strokeWidth={1.75} />
    </button>
  );
}

function Edit({ handle, link }: { handle: EditorHandle; link: LinkAt | null }) {
  const [value, setValue] = useState(typeof link?.mark.attrs.href === "string" ? link.mark.attrs.href : "");
  const [wrong, setWrong] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const href = link && safeUrl(link.mark.attrs.href);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);

  const apply = (event: FormEvent) => {
    event.preventDefault();
    // It may have changed while the field was open.
    if (!handle.view.editable) return back(handle);
    if (value.trim() === "" && link) return remove(handle, link);
    const address = typedUrl(value);
    setWrong(address === null);
    if (address !== null) setLink(handle, address);
  };
  return (
    <form className="link-popover-row" onSubmit={apply}>
      <input
        ref={field}
        type="text"
        inputMode="url"
        aria-label={words("link.address")}
        aria-invalid={wrong}
        placeholder={words("link.hint")}
        value={value}
        onChange={(event) => {
          setValue(event.target.value);
          setWrong(false);
        }}
      />
      <button type="submit" className="link-popover-apply">
        {words(link ? "link.apply" : "link.add")}
      </button>
      {href ? (
        <a className="link-popover-open" href={href} target="_blank" rel="noopener noreferrer nofollow">
          <ExternalLink aria-label={words("link.open")} size={16} strokeWidth={1.75} />
        </a>
      ) : null}
      {link ? <Remove handle={handle} link={link} /> : null}
      {wrong ? <p role="alert">{words("link.wrong")}</p> : null}
    </form>
  );
}

function setLink(handle: EditorHandle, href: string): void {
  const { state, dispatch } = handle.view;
  const type = markOf(state.schema, "link");
  const range = linkAt(state) ?? state.selection;
  const tr = state.tr;
  if (range.from === range.to) {
    tr.insertText(href, range.from).addMark(range.from, range.from + href.length, type.create({ href }));
  } else {
    tr.removeMark(range.from, range.to, type).addMark(range.from, range.to, type.create({ href }));
  }
  const end = tr.mapping.map(range.to);
  tr.setSelection(TextSelection.create(tr.doc, end)).removeStoredMark(type);
  if (handle.view.editable) dispatch(tr.setMeta("intention", true));
  back(handle);
}
