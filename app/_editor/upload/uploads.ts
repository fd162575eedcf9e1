// Files on their way into the document. A placeholder, seen only here, keeps the place while everybody goes on
// writing; when the file has arrived, a picture or an attachment takes its place.
import type { Node } from "prosemirror-model";
import { type Command, type EditorState, Plugin, PluginKey } from "prosemirror-state";
import { insertPoint } from "prosemirror-transform";
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view";
import { nodeOf } from "#app/_editor/commands/lookup.ts";
import { lookFirst } from "#app/_editor/plugins/selection-first.ts";
import { createUploadBox } from "#app/_editor/upload/upload-box.ts";
import type { SendFile } from "#app/_editor/upload/uploaded-file.ts";
import { words } from "#app/_editor/words.ts";
import type { UploadedFile } from "#lib/uploaded-file.ts";

/** Taken at once; more are not. */
const MOST_AT_ONCE = 20;

interface Placeholder {
  id: string;
  pos: number;
  dom: HTMLElement;
}

type Change = { add: Placeholder } | { remove: string };

const key = new PluginKey<Placeholder[]>("uploads");

/** Lets the person choose files, and uploads them to where the caret is. */
export function pickFiles(accept: string): Command {
  return (state, dispatch, view) => {
    if (!state.selection.$from.parent.isTextblock || state.selection.$from.parent.type.spec.code) return false;
    if (!dispatch || !view) return true;
    const input = document.createElement("input");
    input.type = "file";
    input.multiple = true;
    input.accept = accept;
    input.addEventListener("change", () => {
      view.focus();
      upload(view, [...(input.files ?? [])], view.state.selection.head);
    });
    input.click();
    return true;
  };
}

/** A place for a block at `pos` or, in a textblock with words, behind it. */
function blockPlace(state: EditorState, pos: number): number {
  const $pos = state.doc.resolve(pos);
  if (!$pos.parent.isTextblock) return pos;
  return $pos.parent.content.size === 0 ? $pos.before() : $pos.after();
}

function upload(view: EditorView, files: File[], pos: number): void {
  const send = key.get(view.state)?.spec.send as SendFile;
  for (const file of files.slice(0, MOST_AT_ONCE)) start(view, send, file, blockPlace(view.state, pos));
}

function start(view: EditorView, send: SendFile, file: File, pos: number): void {
  const id = crypto.randomUUID();
  const tell = (change: Change) => view.dispatch(view.state.tr.setMeta(key, change));
  let abort = new AbortController();
  const run = async () => {
    abort = new AbortController();
    window.addEventListener("beforeunload", warn, { signal: abort.signal });
    try {
      const options = { signal: abort.signal, onProgress: box.progress };
      arrive(view, id, await send(file, options));
    } catch (error) {
      if (!abort.signal.aborted) box.failed(error instanceof Error ? error.message : words("upload.wrong"));
    } finally {
      abort.abort();
    }
  };
  const box = createUploadBox(view.dom.ownerDocument, file, {
    remove() {
      abort.abort();
      tell({ remove: id });
      view.focus();
    },
    retry() {
      box.again();
      void run();
    },
  });
  tell({ add: { pos, dom: box.dom, id } });
  void run();
}

/** The browser asks before the page is left while a file is on its way. */
function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function arrive(view: EditorView, id: string, file: UploadedFile): void {
  if (view.isDestroyed) return;
  lookFirst(view);
  const place = key.getState(view.state)?.find((placeholder) => placeholder.id === id);
  if (!place) return;
  const node = nodeFor(view.state, file);
  const at = insertPoint(view.state.doc, place.pos, node.type) ?? view.state.doc.content.size;
  view.dispatch(
    view.state.tr
      .insert(at, node)
      .setMeta(key, { remove: id } satisfies Change)
      .setMeta("intention", true),
  );
}

function nodeFor({ schema }: EditorState, file: UploadedFile): Node {
  if (file.width === null || file.height === null) {
    return nodeOf(schema, "file").create({ file: file.id, name: file.name, size: file.size });
  }
  return nodeOf(schema, "image").create({ file: file.id, pixelWidth: file.width, pixelHeight: file.height });
}

/** Files themselves, and not what a word processor adds to its text as a picture of it. */
function filesIn(data: DataTransfer | null): File[] {
  const files = [...(data?.files ?? [])];
  const html = data?.getData("text/html") ?? "";
  return html === "" || /^\s*(<meta[^>]*>)?\s*<img[^>]*>\s*$/i.test(html) ? files : [];
}

export function uploads(send: SendFile): Plugin<Placeholder[]> {
  return new Plugin<Placeholder[]>({
    key,
    send,
    state: {
      init: () => [],
      apply(tr, before) {
        // A decoration would be dropped when what stands beside it is replaced, which somebody else's Enter does.
        const placeholders = before.map((each) => ({ ...each, pos: tr.mapping.map(each.pos) }));
        const change = tr.getMeta(key) as Change | undefined;
        if (!change) return tr.docChanged ? placeholders : before;
        if ("add" in change) return [...placeholders, change.add];
        return placeholders.filter(({ id }) => id !== change.remove);
      },
    },
    props: {
      decorations: (state) =>
        DecorationSet.create(
          state.doc,
          (key.getState(state) ?? []).map(({ id, pos, dom }) =>
            Decoration.widget(pos, dom, { key: id, side: -1, stopEvent: () => true }),
          ),
        ),
      handlePaste(view, event) {
        const files = filesIn(event.clipboardData);
        if (files.length === 0 || !view.editable) return false;
        upload(view, files, view.state.selection.head);
        return true;
      },
      handleDrop(view, event, _slice, moved) {
        const files = moved ? [] : filesIn(event.dataTransfer);
        const place = view.posAtCoords({ left: event.clientX, top: event.clientY });
        if (files.length === 0 || !view.editable || !place) return false;
        event.preventDefault();
        upload(view, files, place.pos);
        return true;
      },
    },
  } as ConstructorParameters<typeof Plugin<Placeholder[]>>[0]);
}
