// What other programs may put into a document, and no editor can show: it is gone, and the page opens and goes on.
import { EditorState, type Transaction } from "prosemirror-state";
import { expect, test } from "vitest";
import { ySyncPlugin, yUndoPlugin, yUndoPluginKey } from "y-prosemirror";
import * as Y from "yjs";
import { exportSource } from "#app/_editor/export/source.ts";
import { noForeignTypes } from "#app/_editor/plugins/no-foreign-types.ts";
import { FRAGMENT, schema } from "#app/_editor/schema.ts";

function newDoc() {
  const doc = new Y.Doc();
  const fragment = doc.getXmlFragment(FRAGMENT);
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.insert(0, [new Y.XmlText("words")]);
  fragment.insert(0, [paragraph]);
  return { doc, fragment, paragraph };
}

/** As much of a view as y-prosemirror asks for, with the plugins in the order of the list. */
function openView(fragment: Y.XmlFragment) {
  const plugins = [noForeignTypes(fragment), ySyncPlugin(fragment), yUndoPlugin()];
  const view = {
    state: EditorState.create({ schema, plugins }),
    hasFocus: () => false,
    dispatch(tr: Transaction) {
      view.state = view.state.apply(tr);
      for (const part of parts) part?.update?.(view as never, view.state);
    },
  };
  const parts: ReturnType<NonNullable<(typeof plugins)[number]["spec"]["view"]>>[] = [];
  for (const plugin of plugins) if (plugin.spec.view) parts.push(plugin.spec.view(view as never));
  const destroy = () => {
    for (const part of parts) part.destroy?.();
  };
  return { view, destroy };
}

const foreign: [string, (place: { fragment: Y.XmlFragment; paragraph: Y.XmlElement }) => void][] = [
  ["a bare text", ({ fragment }) => fragment.insert(0, [new Y.XmlText("x")])],
  ["a hook", ({ fragment }) => fragment.insert(0, [new Y.XmlHook("x") as never])],
  ["a map", ({ fragment }) => fragment.insert(1, [new Y.Map() as never])],
  ["a map in a paragraph", ({ paragraph }) => paragraph.insert(0, [new Y.Map() as never])],
  [
    "a map in a new paragraph",
    ({ fragment }) => {
      const another = new Y.XmlElement("paragraph");
      another.insert(0, [new Y.Map() as never]);
      fragment.insert(1, [another]);
    },
  ],
  [
    "plain values",
    ({ fragment }) => fragment.doc?.transact(() => Y.Array.prototype.insert.call(fragment, 0, ["x", 1])),
  ],
];

test.each(foreign)("%s does not keep a document from opening", (_name, insert) => {
  const { doc, ...place } = newDoc();
  insert(place);
  const { view, destroy } = openView(place.fragment);
  expect(view.state.doc.textContent).toBe("words");
  destroy();
});

test.each(foreign)("%s that comes later does not stop the page, and undo does not bring it back", (_name, insert) => {
  const { doc, fragment } = newDoc();
  const { view, destroy } = openView(fragment);
  view.dispatch(view.state.tr.insertText("My ", 1));
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  const there = other.getXmlFragment(FRAGMENT);
  insert({ fragment: there, paragraph: there.get(0) as Y.XmlElement });
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
  expect(view.state.doc.textContent).toBe("My words");
  view.dispatch(view.state.tr.insertText("own ", 4));
  expect(fragment.toString()).toContain("My own words");
  const undo = yUndoPluginKey.getState(view.state)?.undoManager as Y.UndoManager;
  undo.undo();
  expect(view.state.doc.textContent).toBe("words");
  undo.redo();
  expect(view.state.doc.textContent).toBe("My own words");
  destroy();
});

test.each(foreign)("%s does not keep a document from being exported", (_name, insert) => {
  const { doc, ...place } = newDoc();
  insert(place);
  expect(exportSource("Title", Y.encodeStateAsUpdate(doc)).doc.textContent).toBe("words");
});
