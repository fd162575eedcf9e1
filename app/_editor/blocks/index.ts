// The list of everything a document can hold. To add a block: one file beside this one, one line here, and raise
// SCHEMA_VERSION in lib/protocol.ts (a test reminds you). The order matters: paragraph comes first
// among the blocks, marks nest in this order, and of two commands for a key the first gets its chance first.
import type { Block } from "#app/_editor/block.ts";
import { blockquote } from "#app/_editor/blocks/blockquote.ts";
import { bulletList } from "#app/_editor/blocks/bullet-list.ts";
import { code } from "#app/_editor/blocks/code.ts";
import { codeBlock } from "#app/_editor/blocks/code-block.ts";
import { diagram } from "#app/_editor/blocks/diagram.ts";
import { document } from "#app/_editor/blocks/document.ts";
import { em } from "#app/_editor/blocks/em.ts";
import { hardBreak } from "#app/_editor/blocks/hard-break.ts";
import { heading } from "#app/_editor/blocks/heading.ts";
import { horizontalRule } from "#app/_editor/blocks/horizontal-rule.ts";
import { link } from "#app/_editor/blocks/link.ts";
import { listItem } from "#app/_editor/blocks/list-item.ts";
import { mathBlock } from "#app/_editor/blocks/math-block.ts";
import { mathInline } from "#app/_editor/blocks/math-inline.ts";
import { orderedList } from "#app/_editor/blocks/ordered-list.ts";
import { paragraph } from "#app/_editor/blocks/paragraph.ts";
import { strike } from "#app/_editor/blocks/strike.ts";
import { strong } from "#app/_editor/blocks/strong.ts";
import { taskItem } from "#app/_editor/blocks/task-item.ts";
import { taskList } from "#app/_editor/blocks/task-list.ts";
import { text } from "#app/_editor/blocks/text.ts";
import { underline } from "#app/_editor/blocks/underline.ts";

export const blocks: Block[] = [
  document,
  paragraph,
  heading,
  blockquote,
  mathInline,
  mathBlock,
  diagram,
  codeBlock,
  bulletList,
  orderedList,
  taskList,
  listItem,
  taskItem,
  horizontalRule,
  text,
  hardBreak,
  link,
  strong,
  em,
  underline,
  strike,
  code,
];
