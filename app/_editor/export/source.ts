// Bytes of a room to what the formats read. A room that nobody wrote in is an empty document.
import { Node } from "prosemirror-model";
import { yXmlFragmentToProsemirrorJSON } from "y-prosemirror";
import * as Y from "yjs";
import type { ExportSource } from "#app/_editor/export/format.ts";
import { deleteForeignTypes } from "#app/_editor/foreign-types.ts";
import { FRAGMENT, schema } from "#app/_editor/schema.ts";

/** `update`: the whole room as one Yjs update, or null if it was never stored. */
export function exportSource(title: string, update: Uint8Array | null): ExportSource {
  const ydoc = new Y.Doc();
  if (update) Y.applyUpdate(ydoc, update);
  const fragment = ydoc.getXmlFragment(FRAGMENT);
  // A page that opens the document would take them out for everybody; here they must not stand in the way either.
  ydoc.transact(() => deleteForeignTypes(fragment));
  const content = yXmlFragmentToProsemirrorJSON(fragment).content as unknown[];
  const doc = content.length > 0 ? Node.fromJSON(schema, { type: "doc", content }) : schema.topNodeType.createAndFill();
  return { title, fragment, doc: doc ?? schema.node("doc"), pictures: new Map() };
}
