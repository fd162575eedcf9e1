// What is no block and no text in a document: a bare text at its root, a map in a paragraph. No editor of ours writes
// such a thing, but any client may, and y-prosemirror throws at it.
import * as Y from "yjs";

/**
 * Deletes the children of `parent`, however deep, that y-prosemirror cannot read. `isKnown`: this one need not be
 * looked into. To be called in a transaction.
 */
export function deleteForeignTypes(parent: Y.XmlFragment, isKnown = (_child: Y.XmlElement) => false): void {
  const isBlock = parent instanceof Y.XmlElement;
  const children = parent.toArray() as unknown[];
  for (let at = children.length - 1; at >= 0; at--) {
    const child = children[at];
    if (child instanceof Y.XmlElement) {
      if (!isKnown(child)) deleteForeignTypes(child);
    } else if (!(isBlock && child instanceof Y.Text)) parent.delete(at);
  }
}
