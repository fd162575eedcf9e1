// Takes out of the document what y-prosemirror cannot read, for everybody: one such thing would keep the document from
// opening, or stop every page that has it open. Must come before y-prosemirror's plugin, which looks when it is told.
import { Plugin } from "prosemirror-state";
import { ySyncPluginKey } from "y-prosemirror";
import * as Y from "yjs";
import { deleteForeignTypes } from "#app/_editor/foreign-types.ts";

/** Undo does not bring it back: that keeps to what y-prosemirror changed. */
export function noForeignTypes(fragment: Y.XmlFragment): Plugin {
  return new Plugin({
    view() {
      fragment.doc?.transact(() => deleteForeignTypes(fragment));
      // Of what comes later, only where children came or went: typing changes a text.
      const onEvents = (events: Y.YEvent<Y.XmlFragment>[], { origin, doc }: Y.Transaction) => {
        const changes = events.filter(({ target }) => target instanceof Y.XmlFragment);
        if (origin === ySyncPluginKey || changes.length === 0) return;
        doc.transact(() => {
          for (const event of changes) {
            deleteForeignTypes(event.target, ({ _item }) => _item !== null && !event.adds(_item));
          }
        });
      };
      fragment.observeDeep(onEvents);
      return { destroy: () => fragment.unobserveDeep(onEvents) };
    },
  });
}
