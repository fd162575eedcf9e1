// The list of everything a document can hold. To add a block: one file beside this one, one line here, and raise
// SCHEMA_VERSION in lib/protocol.ts (a test reminds you). The order matters: paragraph comes first
// among the blocks, marks nest in this order, and of two commands for a key the first gets its chance first.
import type { Block } from "#app/_editor/block.ts";
import { blockquote } from "#app/_editor/blocks/blockquote.ts";
import { bulletList } from "#app/_editor/blocks/bullet-list.ts";
import { callout } from "#app/_editor/blocks/callout.ts";
import { code } from "#app/_editor/blocks/code.ts";
import { codeBlock } from "#app/_editor/blocks/code-block.ts";
import { collapsible } from "#app/_editor/blocks/collapsible.ts";
import { diagram } from "#app/_editor/blocks/diagram.ts";
import { document } from "#app/_editor/blocks/document.ts";
import { documentLink } from "#app/_editor/blocks/document-link.ts";
import { em } from "#app/_editor/blocks/em.ts";
import { file } from "#app/_editor/blocks/file.ts";
import { hardBreak } from "#app/_editor/blocks/hard-break.ts";
import { heading } from "#app/_editor/blocks/heading.ts";
import { highlight } from "#app/_editor/blocks/highlight.ts";
import { horizontalRule } from "#app/_editor/blocks/horizontal-rule.ts";
import { image } from "#app/_editor/blocks/image.ts";
import { link } from "#app/_editor/blocks/link.ts";
import { listItem } from "#app/_editor/blocks/list-item.ts";
import { mathBlock } from "#app/_editor/blocks/math-block.ts";
import { mathInline } from "#app/_editor/blocks/math-inline.ts";
import { mention } from "#app/_editor/blocks/mention.ts";
import { orderedList } from "#app/_editor/blocks/ordered-list.ts";
import { pageBreak } from "#app/_editor/blocks/page-break.ts";
import { paragraph } from "#app/_editor/blocks/paragraph.ts";
import { strike } from "#app/_editor/blocks/strike.ts";
import { strong } from "#app/_editor/blocks/strong.ts";
import { subscript } from "#app/_editor/blocks/subscript.ts";
import { superscript } from "#app/_editor/blocks/superscript.ts";
import { table } from "#app/_editor/blocks/table.ts";
import { tableCell, tableHeader } from "#app/_editor/blocks/table-cell.ts";
import { tableRow } from "#app/_editor/blocks/table-row.ts";
import { taskItem } from "#app/_editor/blocks/task-item.ts";
import { taskList } from "#app/_editor/blocks/task-list.ts";
import { text } from "#app/_editor/blocks/text.ts";
import { underline } from "#app/_editor/blocks/underline.ts";

export const blocks: Block[] = [
  document,
  paragraph,
  heading,
  blockquote,
  callout,
  mathInline,
  mathBlock,
  diagram,
  codeBlock,
  bulletList,
  orderedList,
  taskList,
  listItem,
  taskItem,
  collapsible,
  table,
  tableRow,
  tableCell,
  tableHeader,
  image,
  file,
  horizontalRule,
  pageBreak,
  text,
  hardBreak,
  mention,
  documentLink,
  link,
  strong,
  em,
  underline,
  strike,
  highlight,
  subscript,
  superscript,
  code,
];
