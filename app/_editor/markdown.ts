// Markdown to and from documents, put together from what each block brings. What is written is read back as it was:
// each text is tried, and where the usual signs would be misunderstood it is written more carefully.
import { defaultMarkdownParser, MarkdownParser } from "prosemirror-markdown";
import type { Node } from "prosemirror-model";
import { blocks } from "#app/_editor/blocks/index.ts";
import { dropEmpty, markdownForm } from "#app/_editor/markdown/normal-form.ts";
import { addPlainTags } from "#app/_editor/markdown/plain-tags.ts";
import { createTokenizer } from "#app/_editor/markdown/tokenizer.ts";
import { writeMarkdown } from "#app/_editor/markdown/write-markdown.ts";
import { schema } from "#app/_editor/schema.ts";

const parser = new MarkdownParser(
  schema,
  addPlainTags(createTokenizer(defaultMarkdownParser.tokenizer)),
  Object.assign({}, ...blocks.map((block) => block.markdownTokens ?? {})),
);

const nodeWriters = Object.fromEntries(
  blocks.flatMap((block) => (block.kind === "node" && block.toMarkdown ? [[block.name, block.toMarkdown]] : [])),
);
const markWriters = Object.fromEntries(
  blocks.flatMap((block) => (block.kind === "mark" ? [[block.name, block.toMarkdown]] : [])),
);
const expelled = new Set(Object.keys(markWriters).filter((name) => markWriters[name]?.expelEnclosingWhitespace));

/** Whether the usual signs would be read back as another text than this text block. */
function isMisunderstood(block: Node): boolean {
  const type = block.type.name === "heading" ? block.type : schema.nodes.paragraph;
  const alone = schema.topNodeType.create(null, type?.create(null, block.content));
  const [only, ...more] = parser.parse(writeMarkdown(alone, nodeWriters, markWriters, () => false)).children;
  return only === undefined || only.type !== type || more.length > 0 || !only.content.eq(block.content);
}

/** CommonMark with strikethrough, formulas, tables, tasks, callouts and the few tags of markdown/; other HTML is text. */
export function parseMarkdown(text: string): Node {
  return dropEmpty(parser.parse(text) ?? schema.topNodeType.createAndFill() ?? schema.node("doc"));
}

/** Reading it gives the document's `toMarkdownForm`. */
export function serializeMarkdown(doc: Node): string {
  return writeMarkdown(toMarkdownForm(doc), nodeWriters, markWriters, isMisunderstood);
}

/** The document as far as Markdown can say it. */
export function toMarkdownForm(doc: Node): Node {
  return markdownForm(doc, expelled);
}
