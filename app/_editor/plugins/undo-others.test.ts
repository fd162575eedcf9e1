// Undo of a block that Ana made and Ben has written in meanwhile: his words stay, in whatever block they are.
import type { Node } from "prosemirror-model";
import { EditorState } from "prosemirror-state";
import { expect, test } from "vitest";
import { initProseMirrorDoc, updateYFragment, ySyncPluginKey, yUndoPluginKey } from "y-prosemirror";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import type { PageActions } from "#app/_editor/keys.ts";
import { parseMarkdown, serializeMarkdown } from "#app/_editor/markdown.ts";
import { createPlugins } from "#app/_editor/plugins/list.ts";
import { FRAGMENT, schema } from "#app/_editor/schema.ts";

/** One page: a document, and the undo that the editor's plugins make for it. */
function openPage() {
  const doc = new Y.Doc();
  const awareness = new Awareness(doc);
  awareness.destroy();
  const fragment = doc.getXmlFragment(FRAGMENT);
  const state = EditorState.create({ schema, plugins: createPlugins(fragment, awareness, {} as PageActions) });
  const undo = yUndoPluginKey.getState(state)?.undoManager as Y.UndoManager;
  const write = (after: Node) => {
    const { mapping } = initProseMirrorDoc(fragment, schema);
    doc.transact(() => updateYFragment(doc, fragment, after, { mapping, isOMark: new Map() }), ySyncPluginKey);
    undo.stopCapturing();
  };
  return {
    doc,
    undo,
    writes: (markdown: string) => write(parseMarkdown(markdown)),
    markdown: () => serializeMarkdown(initProseMirrorDoc(fragment, schema).doc),
  };
}

function twoPages() {
  const [ana, ben] = [openPage(), openPage()];
  const pass = (from: Y.Doc, to: Y.Doc) =>
    from.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== "the other") Y.applyUpdate(to, update, "the other");
    });
  pass(ana.doc, ben.doc);
  pass(ben.doc, ana.doc);
  return { ana, ben };
}

/** A block as Ana makes it, and the same with Ben's words in it. */
const blocks = [
  ["paragraph", "one", "one and his"],
  ["heading", "# one", "# one and his"],
  ["list", "* one", "* one\n* his"],
  ["item with a list in it", "* one", "* one\n  * his"],
  ["numbered list", "1. one", "1. one\n2. his"],
  ["task list", "- [ ] one", "- [ ] one\n- [ ] his"],
  ["quote", "> one", "> one\n>\n> his"],
  ["callout", "> [!TIP]\n> one", "> [!TIP]\n> one\n>\n> his"],
  [
    "collapsible",
    "<details>\n<summary>one</summary>\n\ntwo\n\n</details>",
    "<details>\n<summary>one</summary>\n\ntwo\n\nhis\n\n</details>",
  ],
  ["code block", "```\none\n```", "```\none his\n```"],
  ["formula", "$$\none\n$$", "$$\none his\n$$"],
  ["diagram", "```mermaid\none\n```", "```mermaid\none his\n```"],
  ["table", "| a | b |\n| --- | --- |\n| c | d |", "| a | b |\n| --- | --- |\n| c | d his |"],
] as const;

test.each(blocks)("undo of a %s leaves what somebody else wrote in it", (_name, made, both) => {
  const { ana, ben } = twoPages();
  ben.writes("start");
  ana.writes(`start\n\n${made}`);
  ben.writes(`start\n\n${both}`);
  ana.undo.undo();
  expect(ana.markdown()).toContain("his");
  expect(ana.markdown()).not.toContain("one");
  expect(ben.markdown()).toBe(ana.markdown());
});

test("undo of a heading made of an older paragraph leaves what somebody else wrote in the heading", () => {
  const { ana, ben } = twoPages();
  ben.writes("old");
  ana.writes("# old");
  ben.writes("# old and his");
  ana.undo.undo();
  expect(ana.markdown()).toContain("and his");
  expect(ben.markdown()).toBe(ana.markdown());
});

test.each([...blocks, ["line", "---", "---\n\nhis"] as const])(
  "undo of a %s where nobody else wrote leaves nothing of it, and redo brings it back",
  (_name, made, both) => {
    const { ana, ben } = twoPages();
    ben.writes("start");
    ana.writes(`start\n\n${made}`);
    const whole = ana.markdown();
    for (let times = 0; times < 3; times++) {
      ana.undo.undo();
      expect(ana.markdown()).toBe("start");
      ana.undo.redo();
      expect(ana.markdown()).toBe(whole);
    }
    // What somebody else wrote and took back is nothing, either.
    ben.writes(`start\n\n${both}`);
    ben.undo.undo();
    ana.undo.undo();
    expect(ana.markdown()).toBe("start");
    expect(ben.markdown()).toBe("start");
  },
);
