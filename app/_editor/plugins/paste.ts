// What a paste becomes, in this order: inside code or with Shift, plain text; a piece of our own document, as it is;
// code from VS Code, a code block; one address, a link; text that was written as Markdown, what it means; else HTML,
// cleaned first. What is formatted is pasted in two steps of undo (paste/in-two-steps.ts).
import { Fragment, Slice } from "prosemirror-model";
import { Plugin, Selection } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { documentIdOf } from "#app/_editor/blocks/document-link.ts";
import { markOf, nodeOf } from "#app/_editor/commands/lookup.ts";
import { pastedUrl } from "#app/_editor/link/url.ts";
import { cleanHtml, isPlain } from "#app/_editor/paste/clean-html.ts";
import { copiedCode } from "#app/_editor/paste/code.ts";
import { pasteInTwoSteps } from "#app/_editor/paste/in-two-steps.ts";
import { looksLikeMarkdown } from "#app/_editor/paste/looks-like-markdown.ts";
import { paragraphs } from "#app/_editor/paste/paragraphs.ts";
import { pastedRows } from "#app/_editor/table/pasted-rows.ts";
import { later } from "#app/_ui/later.ts";

/** The parser is as large as the rest of the editor's own code, and few people paste Markdown. */
const markdown = later(() => import("#app/_editor/markdown.ts"));

export function paste(): Plugin {
  let shift = false;
  return new Plugin({
    props: {
      handleKeyDown(_view, event) {
        shift = event.shiftKey;
        return false;
      },
      handlePaste(view, event) {
        const data = event.clipboardData;
        if (!data || shift || inCode(view)) return false;
        const text = data.getData("text/plain");
        const html = data.getData("text/html");
        if (html.includes("data-pm-slice")) return false;
        return pasteCode(view, data) || pasteUrl(view, text) || pasteMarkdown(view, text, html);
      },
      transformPastedHTML(html) {
        if (html.includes("data-pm-slice")) return html;
        const { body } = new DOMParser().parseFromString(html, "text/html");
        cleanHtml(body);
        return body.innerHTML;
      },
      handleDrop(view, event, _slice, moved) {
        const data = moved ? null : event.dataTransfer;
        const place = view.posAtCoords({ left: event.clientX, top: event.clientY });
        return Boolean(data && place && dropMarkdown(view, place.pos, data));
      },
      clipboardTextParser: (text, $context) => pastedRows(text, $context) ?? paragraphs(text, $context),
      clipboardTextSerializer: (slice) => slice.content.textBetween(0, slice.content.size, "\n\n", leafText),
    },
  });
}

function leafText(node: { type: { name: string } }): string {
  return node.type.name === "hard_break" ? "\n" : "";
}

function inCode(view: EditorView): boolean {
  const { $from } = view.state.selection;
  return Boolean($from.parent.type.spec.code) || $from.marks().some((mark) => mark.type.name === "code");
}

/** Marks the transaction as a paste, as ProseMirror does for its own. */
function insert(view: EditorView, slice: Slice): true {
  const tr = view.state.tr.replaceSelection(slice).scrollIntoView();
  view.dispatch(tr.setMeta("paste", true).setMeta("uiEvent", "paste"));
  return true;
}

function pasteCode(view: EditorView, data: DataTransfer): boolean {
  const copied = copiedCode(data.getData("vscode-editor-data"), data.getData("text/plain"));
  if (!copied) return false;
  const { text, language } = copied;
  const { schema } = view.state;
  const block = nodeOf(schema, "code_block").create({ language }, schema.text(text));
  const isMarkdown = language === "markdown";
  pasteInTwoSteps(view, text, isMarkdown ? readMarkdown(text) : new Slice(Fragment.from(block), 0, 0));
  return true;
}

function pasteUrl(view: EditorView, text: string): boolean {
  const href = pastedUrl(text);
  const { $from, $to, from, to, empty } = view.state.selection;
  const { schema, tr } = view.state;
  const link = markOf(schema, "link");
  if (href === null || !$from.sameParent($to) || !$from.parent.type.allowsMarkType(link)) return false;
  if (!empty) {
    tr.removeMark(from, to, link).addMark(from, to, link.create({ href }));
    view.dispatch(tr.setMeta("paste", true).setMeta("uiEvent", "paste"));
    return true;
  }
  const document = documentIdOf(href, location.origin);
  if (document) {
    void pasteChip(view, document, href);
    return true;
  }
  return insert(view, new Slice(Fragment.from(schema.text(text.trim(), [link.create({ href })])), 0, 0));
}

/** Our own document becomes a chip with its title; the address itself if it is not there for this person. */
async function pasteChip(view: EditorView, document: string, href: string): Promise<void> {
  const { schema } = view.state;
  const response = await fetch(`/api/documents/${document}`).catch(() => null);
  const title = response?.ok ? ((await response.json()) as { title?: unknown }).title : null;
  if (view.isDestroyed) return;
  const node =
    typeof title === "string"
      ? nodeOf(schema, "document_link").create({ document, title })
      : schema.text(href, [markOf(schema, "link").create({ href })]);
  insert(view, new Slice(Fragment.from(node), 0, 0));
}

function pasteMarkdown(view: EditorView, text: string, html: string): boolean {
  if (!isMarkdown(text, html)) return false;
  pasteInTwoSteps(view, text, readMarkdown(text));
  return true;
}

function dropMarkdown(view: EditorView, pos: number, data: DataTransfer): boolean {
  const text = data.getData("text/plain");
  if (!isMarkdown(text, data.getData("text/html"))) return false;
  view.dispatch(view.state.tr.setSelection(Selection.near(view.state.doc.resolve(pos))));
  if (inCode(view)) return false;
  view.focus();
  pasteInTwoSteps(view, text, readMarkdown(text), "drop");
  return true;
}

function isMarkdown(text: string, html: string): boolean {
  if (!text || !looksLikeMarkdown(text)) return false;
  return html === "" || isPlain(new DOMParser().parseFromString(html, "text/html").body);
}

async function readMarkdown(text: string): Promise<Slice> {
  const { parseMarkdown } = await markdown();
  return Slice.maxOpen(parseMarkdown(text).content);
}
