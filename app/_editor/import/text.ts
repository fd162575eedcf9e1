// Plain text to a document: an empty line starts a paragraph, a new line breaks the line inside of one.
import type { Node } from "prosemirror-model";
import { schema } from "#app/_editor/schema.ts";

export function fromText(text: string): Node {
  const paragraphs = text
    .replace(/\r\n?/g, "\n")
    .split(/\n[^\S\n]*\n\s*/)
    .map((part) => part.replace(/^\n+/, "").trimEnd())
    .filter((part) => part.trim() !== "");
  return schema.node("doc", null, paragraphs.length > 0 ? paragraphs.map(toParagraph) : [schema.node("paragraph")]);
}

function toParagraph(text: string): Node {
  const lines = text.split("\n").map((line) => (line === "" ? [] : [schema.text(line)]));
  return schema.node(
    "paragraph",
    null,
    lines.flatMap((line, index) => (index === 0 ? line : [schema.node("hard_break"), ...line])),
  );
}
