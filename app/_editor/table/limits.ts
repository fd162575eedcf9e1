// How far tables may grow, and what cells may say of themselves. What arrives from another client is not checked by
// ProseMirror: a cell that claims to span a billion columns would stop the browser.
import type { Attrs } from "prosemirror-model";

export const MAX_COLUMNS = 50;
export const MAX_ROWS = 1000;
/** px of a column. */
const WIDTHS = { least: 25, most: 2000 };

/** Attributes of a cell, made valid: spans of at least one, a width for each column or none at all. */
export function cleanCell(attrs: Attrs): Attrs {
  const colspan = whole(attrs.colspan, MAX_COLUMNS);
  const rowspan = whole(attrs.rowspan, MAX_ROWS);
  const widths = Array.isArray(attrs.colwidth) && attrs.colwidth.length === colspan ? attrs.colwidth : null;
  const colwidth = widths?.map((width) => clampWidth(width)) ?? null;
  return { ...attrs, colspan, rowspan, colwidth: colwidth?.some((width) => width > 0) ? colwidth : null };
}

function whole(value: unknown, most: number): number {
  return typeof value === "number" && value >= 1 ? Math.min(most, Math.floor(value)) : 1;
}

/** 0 is a column without a width. */
function clampWidth(value: unknown): number {
  if (typeof value !== "number" || !(value > 0)) return 0;
  return Math.round(Math.min(WIDTHS.most, Math.max(WIDTHS.least, value)));
}
