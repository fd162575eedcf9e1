// markdown-it as we use it: CommonMark, strikethrough, and what the files beside this one add.

import { addDiagrams } from "#app/_editor/diagram/markdown.ts";
import { addBlockTags } from "#app/_editor/markdown/block-tags.ts";
import { markCallouts } from "#app/_editor/markdown/callouts.ts";
import { markChips } from "#app/_editor/markdown/chips.ts";
import { markFiles } from "#app/_editor/markdown/files.ts";
import { addInlineTags } from "#app/_editor/markdown/inline-tags.ts";
import { wrapCells } from "#app/_editor/markdown/table-cells.ts";
import { markTasks } from "#app/_editor/markdown/tasks.ts";
import type { Tokenizer } from "#app/_editor/markdown/tokens.ts";
import { addMath } from "#app/_editor/math/markdown.ts";

/** A tokenizer of our own, of the same class as `like` (prosemirror-markdown brings markdown-it). */
export function createTokenizer(like: Tokenizer): Tokenizer {
  const MarkdownIt = like.constructor as new (preset: string, options: object) => Tokenizer;
  const tokenizer = new MarkdownIt("commonmark", { html: false });
  tokenizer.enable(["strikethrough", "table"]);
  addMath(tokenizer);
  addDiagrams(tokenizer);
  addInlineTags(tokenizer);
  addBlockTags(tokenizer);
  tokenizer.core.ruler.after("block", "table_cells", (state) => {
    state.tokens = wrapCells(state.tokens, (...args) => new state.Token(...(args as [string, string, 0])));
  });
  tokenizer.core.ruler.after("block", "callouts", (state) => markCallouts(state.tokens));
  tokenizer.core.ruler.push("files", (state) => {
    state.tokens = markFiles(state.tokens, (...args) => new state.Token(...(args as [string, string, 0])));
  });
  tokenizer.core.ruler.push("chips", (state) =>
    markChips(state.tokens, (...args) => new state.Token(...(args as [string, string, 0]))),
  );
  tokenizer.core.ruler.push("tasks", (state) => markTasks(state.tokens));
  return tokenizer;
}
