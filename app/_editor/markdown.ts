// Markdown to and from documents, put together from what each block brings.
import { defaultMarkdownParser, MarkdownParser, MarkdownSerializer } from "prosemirror-markdown";
import type { Node } from "prosemirror-model";
import { blocks } from "#app/_editor/blocks/index.ts";
import { createTokenizer } from "#app/_editor/markdown-tokens.ts";
import { schema } from "#app/_editor/schema.ts";

const parser = new MarkdownParser(
  schema,
  createTokenizer(defaultMarkdownParser.tokenizer),
  Object.assign({}, ...blocks.map((block) => block.markdownTokens ?? {})),
);

const serializer = new MarkdownSerializer(
  Object.fromEntries(
    blocks.flatMap((block) => (block.kind === "node" && block.toMarkdown ? [[block.name, block.toMarkdown]] : [])),
  ),
  Object.fromEntries(blocks.flatMap((block) => (block.kind === "mark" ? [[block.name, block.toMarkdown]] : []))),
  // A dollar would begin a formula.
  { escapeExtraCharacters: /\$/g },
);

/** CommonMark with strikethrough, tasks, formulas and <u>; other HTML is text. */
export function parseMarkdown(text: string): Node {
  return parser.parse(text) ?? schema.topNodeType.createAndFill() ?? schema.node("doc");
}

export function serializeMarkdown(doc: Node): string {
  return serializer.serialize(doc, { tightLists: true });
}
