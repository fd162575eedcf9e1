// A file to a document of the editor's schema. To add a kind of file: a line in kinds.ts, and one here.
import type { Node } from "prosemirror-model";
import { decodeText } from "#app/_editor/import/decode-text.ts";
import { fromDocx } from "#app/_editor/import/docx.ts";
import { fromHtml } from "#app/_editor/import/html.ts";
import type { KindName } from "#app/_editor/import/kinds.ts";
import { FileRefused } from "#app/_editor/import/refused.ts";
import { fromText } from "#app/_editor/import/text.ts";
import { parseMarkdown } from "#app/_editor/markdown.ts";

interface Converted {
  doc: Node;
  /** Pictures of the file that the document does not have. */
  pictures: number;
}

const converters: Record<KindName, (bytes: Uint8Array) => Converted | Promise<Converted>> = {
  markdown: (bytes) => ({ doc: parseMarkdown(decodeText(bytes)), pictures: 0 }),
  html: (bytes) => {
    const html = decodeText(bytes);
    const doc = fromHtml(html);
    return { doc, pictures: Math.max(0, (html.match(/<img\b/gi)?.length ?? 0) - picturesOf(doc)) };
  },
  text: (bytes) => ({ doc: fromText(decodeText(bytes)), pictures: 0 }),
  docx: fromDocx,
};

/** Deeper than any text that somebody wrote; what walks documents does it by recursion. */
const DEPTH = 60;

/** Throws FileRefused with a sentence for the person who chose the file. */
export async function convertFile(kind: KindName, bytes: Uint8Array): Promise<Converted> {
  let converted: Converted;
  try {
    converted = await converters[kind](bytes);
    converted.doc.check();
  } catch (error) {
    if (error instanceof RangeError) throw new FileRefused("tangled");
    throw error;
  }
  if (depthOf(converted.doc) > DEPTH) throw new FileRefused("tangled");
  if (isEmpty(converted.doc)) throw new FileRefused("empty");
  return converted;
}

/** Stops as soon as it is too deep. */
function depthOf(node: Node, depth = 0): number {
  if (depth > DEPTH) return depth;
  return node.content.content.reduce((deepest, child) => Math.max(deepest, depthOf(child, depth + 1)), depth);
}

function isEmpty(doc: Node): boolean {
  let isEmpty = true;
  doc.descendants((node) => {
    if (node.isText ? node.text?.trim() : node.isLeaf && node.type.name !== "hard_break" && node.isAtom)
      isEmpty = false;
    return isEmpty;
  });
  return isEmpty;
}

function picturesOf(doc: Node): number {
  let count = 0;
  doc.descendants((node) => {
    if (node.type.name === "image") count++;
  });
  return count;
}
