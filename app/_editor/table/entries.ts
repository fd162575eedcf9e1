// What can be done with a table, for its toolbar, the menu of the main toolbar and the keyboard.
import type { Command } from "prosemirror-state";
import {
  deleteColumn,
  deleteRow,
  deleteTable,
  isInTable,
  mergeCells,
  selectedRect,
  splitCell,
  toggleHeaderColumn,
  toggleHeaderRow,
} from "prosemirror-tables";
import type { Key, MenuEntry } from "#app/_editor/block.ts";
import {
  columnAfter,
  columnBefore,
  columnLeft,
  columnRight,
  deleteSelectedTable,
  inTable,
  nextCell,
  previousCell,
  rowAbove,
  rowBelow,
  rowDown,
  rowUp,
} from "#app/_editor/table/commands.ts";

type Active = MenuEntry["active"];

function entry(id: string, title: string, command: Command, active: Active = () => false): MenuEntry {
  return { id, title, icon: id, place: "table", command, active };
}

/** Whether the first row, or column, is all header cells. */
function hasHeader(side: "row" | "column"): Active {
  return (state) => {
    if (!isInTable(state)) return false;
    const { map, table } = selectedRect(state);
    const cells = side === "row" ? map.map.slice(0, map.width) : map.map.filter((_, index) => index % map.width === 0);
    return cells.every((pos) => table.nodeAt(pos)?.type.name === "table_header");
  };
}

export const tableEntries: MenuEntry[] = [
  entry("row-above", "Row above", rowAbove),
  entry("row-below", "Row below", rowBelow),
  entry("column-before", "Column before", columnBefore),
  entry("column-after", "Column after", columnAfter),
  entry("row-up", "Move row up", rowUp),
  entry("row-down", "Move row down", rowDown),
  entry("column-left", "Move column back", columnLeft),
  entry("column-right", "Move column on", columnRight),
  entry("header-row", "Header row", inTable(toggleHeaderRow), hasHeader("row")),
  entry("header-column", "Header column", inTable(toggleHeaderColumn), hasHeader("column")),
  entry("merge-cells", "Merge cells", inTable(mergeCells)),
  entry("split-cell", "Split cell", inTable(splitCell)),
  entry("delete-row", "Delete row", inTable(deleteRow)),
  entry("delete-column", "Delete column", inTable(deleteColumn)),
  entry("delete-table", "Delete table", inTable(deleteTable)),
];

export const tableKeys: Key[] = [
  { key: "Tab", command: nextCell },
  { key: "Shift-Tab", command: previousCell },
  { key: "Mod-Alt-ArrowUp", title: "Row above", command: rowAbove },
  { key: "Mod-Alt-ArrowDown", title: "Row below", command: rowBelow },
  { key: "Mod-Alt-ArrowLeft", title: "Column before", command: columnBefore },
  { key: "Mod-Alt-ArrowRight", title: "Column after", command: columnAfter },
  { key: "Alt-ArrowUp", command: rowUp },
  { key: "Alt-ArrowDown", command: rowDown },
  { key: "Backspace", command: deleteSelectedTable },
  { key: "Delete", command: deleteSelectedTable },
];
