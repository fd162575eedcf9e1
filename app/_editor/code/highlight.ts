// Colours of code. Only the code blocks that a change touches are read again; all other decorations move with their
// text, whoever wrote. The highlighter is loaded when the first block names a language. Its colours: styles/code.css.
import type { Node } from "prosemirror-model";
import { type EditorState, Plugin, PluginKey, type Transaction } from "prosemirror-state";
import { type Decoration, DecorationSet, type EditorView } from "prosemirror-view";
import { changedRange, mappingOf } from "#app/_editor/code/changed-range.ts";

/** Letters of a block above which colours would cost more than a key press may. */
const LIMIT = 20_000;

export type Tokens = (content: string, language: string, pos: number) => Decoration[];

interface Highlighting {
  tokensOf: Tokens | null;
  /** Whether a block names a language, so that the highlighter is needed. */
  needed: boolean;
  set: DecorationSet;
}

const key = new PluginKey<Highlighting>("highlight");

/** `load` is called at most once while it succeeds. */
export function highlight(load: () => Promise<Tokens> = loadHighlighter): Plugin<Highlighting> {
  return new Plugin<Highlighting>({
    key,
    state: {
      init: (_config, { doc }) => ({
        tokensOf: null,
        needed: names(doc, 0, doc.content.size),
        set: DecorationSet.empty,
      }),
      apply: next,
    },
    props: { decorations: (state) => key.getState(state)?.set },
    view: (view) => {
      let loading = false;
      const look = () => {
        const state = key.getState(view.state);
        if (!state?.needed || state.tokensOf || loading) return;
        loading = true;
        load().then(
          (tokensOf) => use(view, tokensOf),
          // Offline, for example: the next change tries again.
          () => {
            loading = false;
          },
        );
      };
      look();
      return { update: look };
    },
  });
}

async function loadHighlighter(): Promise<Tokens> {
  return (await import("#app/_editor/code/highlighter.ts")).tokensOf;
}

function use(view: EditorView, tokensOf: Tokens): void {
  if (!view.isDestroyed) view.dispatch(view.state.tr.setMeta(key, tokensOf).setMeta("addToHistory", false));
}

function next(tr: Transaction, before: Highlighting, old: EditorState): Highlighting {
  const loaded = tr.getMeta(key) as Tokens | undefined;
  if (loaded) {
    const all = decorate(tr.doc, 0, tr.doc.content.size, loaded);
    return {
      tokensOf: loaded,
      needed: true,
      set: DecorationSet.create(
        tr.doc,
        all.flatMap(({ found }) => found),
      ),
    };
  }
  const range = tr.docChanged ? changedRange(old.doc, tr.doc) : null;
  if (!range) return before;
  const { tokensOf } = before;
  if (!tokensOf) return { ...before, needed: before.needed || names(tr.doc, range.from, range.after) };
  let set = before.set.map(mappingOf(range), tr.doc);
  for (const { from, to, found } of decorate(tr.doc, range.from, range.after, tokensOf)) {
    set = set.remove(set.find(from, to)).add(tr.doc, found);
  }
  return { ...before, set };
}

function decorate(doc: Node, from: number, to: number, tokensOf: Tokens) {
  const blocks: { from: number; to: number; found: Decoration[] }[] = [];
  eachCodeBlock(doc, from, to, (node, pos) => {
    const { language } = node.attrs;
    const found = language && node.content.size <= LIMIT ? tokensOf(node.textContent, language, pos) : [];
    blocks.push({ from: pos, to: pos + node.nodeSize, found });
  });
  return blocks;
}

function names(doc: Node, from: number, to: number): boolean {
  let found = false;
  eachCodeBlock(doc, from, to, (node) => {
    found ||= Boolean(node.attrs.language);
  });
  return found;
}

function eachCodeBlock(doc: Node, from: number, to: number, visit: (node: Node, pos: number) => void): void {
  // One wider on each side: a change at the edge of a block is inside it.
  doc.nodesBetween(Math.max(0, from - 1), Math.min(doc.content.size, to + 1), (node, pos) => {
    if (node.type.name === "code_block") visit(node, pos);
    return !node.isTextblock;
  });
}
