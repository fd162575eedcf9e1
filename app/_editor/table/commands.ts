// Commands over tables: the library's, each after a repair and within the limits, and the few it does not have.
import { type Command, type EditorState, TextSelection } from "prosemirror-state";
import {
  addColumnAfter,
  addColumnBefore,
  addRowAfter,
  addRowBefore,
  CellSelection,
  deleteTable,
  goToNextCell,
  isInTable,
  moveTableColumn,
  moveTableRow,
  selectedRect,
  TableMap,
} from "prosemirror-tables";
import { MAX_COLUMNS, MAX_ROWS } from "#app/_editor/table/limits.ts";
import { repairTable } from "#app/_editor/table/repair.ts";

/** Repairs the table first, if it has to be; the repair and the command are one step of undo. */
export function inTable(command: Command): Command {
  return (state, dispatch, view) => {
    if (!isInTable(state)) return false;
    const repair = repairTable(state);
    if (!repair) return command(state, dispatch, view);
    if (!dispatch) return command(state.apply(repair), undefined, view);
    dispatch(repair);
    const repaired = view?.state ?? state.apply(repair);
    return isInTable(repaired) && command(repaired, dispatch, view);
  };
}

function within(limit: "columns" | "rows", command: Command): Command {
  return inTable((state, dispatch, view) => {
    const { map, left, right, top, bottom } = selectedRect(state);
    const size = limit === "columns" ? map.width + (right - left) : map.height + (bottom - top);
    return size <= (limit === "columns" ? MAX_COLUMNS : MAX_ROWS) && command(state, dispatch, view);
  });
}

export const columnBefore = within("columns", addColumnBefore);
export const columnAfter = within("columns", addColumnAfter);
export const rowAbove = within("rows", addRowBefore);
export const rowBelow = within("rows", addRowAfter);

/** To the next cell; from the last one into a new row. */
export const nextCell: Command = (state, dispatch, view) => {
  if (!isInTable(state)) return false;
  if (goToNextCell(1)(state, dispatch)) return true;
  if (!dispatch || !rowBelow(state, dispatch, view) || !view) return true;
  return goToNextCell(1)(view.state, view.dispatch);
};

/** Also at the first cell the key stays in the table. */
export const previousCell: Command = (state, dispatch) =>
  isInTable(state) && (goToNextCell(-1)(state, dispatch) || true);

/** Backspace over a table that is selected as a whole. */
export const deleteSelectedTable: Command = (state, dispatch) => {
  const { selection } = state;
  if (!(selection instanceof CellSelection) || !selection.isRowSelection() || !selection.isColSelection()) return false;
  return deleteTable(state, dispatch);
};

/** A header row stays the first one: no row is moved before it. */
function moveRow(by: -1 | 1): Command {
  return inTable((state, dispatch) => {
    const { map, table, top, bottom } = selectedRect(state);
    const from = by === -1 ? top : bottom - 1;
    const to = from + by;
    if (to < 0 || to >= map.height) return dispatch !== undefined;
    const isHeader = (row: number) => table.child(row).children.every((cell) => cell.type.name === "table_header");
    if (isHeader(Math.min(from, to)) && !isHeader(Math.max(from, to))) return dispatch !== undefined;
    return moveTableRow({ from, to, select: false })(state, dispatch && keepCaret(state, dispatch, by, "row"));
  });
}

function moveColumn(by: -1 | 1): Command {
  return inTable((state, dispatch) => {
    const { map, left, right } = selectedRect(state);
    const from = by === -1 ? left : right - 1;
    const to = from + by;
    if (to < 0 || to >= map.width) return false;
    return moveTableColumn({ from, to, select: false })(state, dispatch && keepCaret(state, dispatch, by, "column"));
  });
}

/** The caret goes along with its cell. */
function keepCaret(
  state: EditorState,
  dispatch: (tr: EditorState["tr"]) => void,
  by: -1 | 1,
  axis: "row" | "column",
): (tr: EditorState["tr"]) => void {
  const { tableStart, map, top, left } = selectedRect(state);
  const { $head } = state.selection;
  const offset = $head.pos - (tableStart + (map.map[top * map.width + left] ?? 0));
  return (tr) => {
    const table = tr.doc.nodeAt(tableStart - 1);
    const moved = table && TableMap.get(table);
    const [row, column] = axis === "row" ? [top + by, left] : [top, left + by];
    const cell = moved?.map[row * moved.width + column];
    if (cell !== undefined) {
      const pos = Math.min(tr.doc.content.size, tableStart + cell + Math.max(1, offset));
      tr.setSelection(TextSelection.near(tr.doc.resolve(pos)));
    }
    dispatch(tr);
  };
}

export const rowUp = moveRow(-1);
export const rowDown = moveRow(1);
export const columnLeft = moveColumn(-1);
export const columnRight = moveColumn(1);

/** After `insert`, the caret goes into the first cell of the new table. */
export function enterFirstCell(insert: Command): Command {
  return (state, dispatch, view) =>
    insert(
      state,
      dispatch &&
        ((tr) => {
          const before = tr.selection.$from.before();
          const table = tr.doc.resolve(before).nodeBefore;
          if (table?.type.name === "table") {
            tr.setSelection(TextSelection.near(tr.doc.resolve(before - table.nodeSize + 3)));
          }
          dispatch(tr);
        }),
      view,
    );
}
