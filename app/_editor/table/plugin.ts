// prosemirror-tables in an editor that others write in, too: cells are selected, pasted into and resized by it, but it
// never repairs by itself (repair.ts), and a column whose table goes away under the mouse is let go.
import { Plugin } from "prosemirror-state";
import { columnResizing, columnResizingPluginKey, tableEditing } from "prosemirror-tables";

export function tables(): Plugin[] {
  const { spec } = tableEditing();
  const editing: Plugin = new Plugin({
    ...spec,
    // Only a change between the states would be repaired; the selection is made a valid one all the same.
    appendTransaction: (transactions, _before, state) =>
      spec.appendTransaction?.call(editing, transactions, state, state),
  });
  return [columnResizing({ handleWidth: 6, cellMinWidth: 40, defaultCellMinWidth: 80 }), letGo(), editing];
}

function letGo(): Plugin {
  return new Plugin({
    view: () => ({
      update(view) {
        const resizing = columnResizingPluginKey.getState(view.state);
        if (resizing?.dragging && resizing.activeHandle < 0) {
          view.dispatch(view.state.tr.setMeta(columnResizingPluginKey, { setHandle: -1 }));
        }
      },
    }),
  });
}
