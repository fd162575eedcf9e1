// Two people who change the same table at once can leave rows of different lengths. The library would repair that on
// every screen at once, each adding what is missing, and the table would grow. Here it is repaired only when a person
// is about to change that table's shape: on one screen, once, and what an earlier repair added too much is taken away.
import type { Node } from "prosemirror-model";
import { EditorState, type Transaction } from "prosemirror-state";
import { findTable, fixTables, TableMap } from "prosemirror-tables";

/** A repair may show another problem: a span that is shortened leaves a gap. */
const ROUNDS = 20;

/** Makes the table around the selection rectangular; null when it is. */
export function repairTable(state: EditorState): Transaction | null {
  const found = findTable(state.selection.$from);
  if (!found || !TableMap.get(found.node).problems) return null;
  const tr = state.tr;
  for (let times = 0; times < ROUNDS; times++) {
    const table = tr.doc.nodeAt(found.pos);
    if (!table || table.type !== found.node.type || !TableMap.get(table).problems) break;
    // A state of its own for each round: the library maps positions through all that its transaction has done before.
    const round = fixTables(EditorState.create({ doc: tr.doc }));
    if (!round) break;
    for (const step of round.steps) tr.step(step);
  }
  dropEmptyColumns(tr, found.pos);
  return tr;
}

/** Takes away columns at the end in which no cell holds anything. */
function dropEmptyColumns(tr: Transaction, pos: number): void {
  for (;;) {
    const table = tr.doc.nodeAt(pos);
    if (!table || table.childCount === 0 || table.child(0).childCount < 2) return;
    const isSpare = (cell: Node | null) =>
      cell !== null && cell.attrs.colspan === 1 && cell.attrs.rowspan === 1 && cell.content.size <= 2;
    const map = TableMap.get(table);
    if (map.problems || !table.children.every((row) => row.childCount > 1 && isSpare(row.lastChild))) return;
    for (let row = map.height - 1; row >= 0; row--) {
      const cell = map.map[row * map.width + map.width - 1] ?? 0;
      const node = table.nodeAt(cell);
      if (node) tr.delete(pos + 1 + cell, pos + 1 + cell + node.nodeSize);
    }
  }
}
