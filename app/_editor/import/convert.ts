// A file to a document of the editor's schema. To add a kind of file: a line in kinds.ts, and one here.
import type { Node } from "prosemirror-model";
import { decodeText } from "#app/_editor/import/decode-text.ts";
import { fromDocx } from "#app/_editor/import/docx.ts";
import { fromHtml } from "#app/_editor/import/html.ts";
import { inTime } from "#app/_editor/import/in-time.ts";
import type { KindName } from "#app/_editor/import/kinds.ts";
import { FileRefused } from "#app/_editor/import/refused.ts";
import { fromText } from "#app/_editor/import/text.ts";
import { parseMarkdown } from "#app/_editor/markdown.ts";
import { oneAtATime } from "#lib/one-at-a-time.ts";

interface Converted {
  doc: Node;
  /** Pictures of the file that the document does not have. */
  pictures: number;
}

const converters: Record<Exclude<KindName, "docx">, (bytes: Uint8Array) => Converted> = {
  markdown: (bytes) => ({ doc: parseMarkdown(decodeText(bytes)), pictures: 0 }),
  html: (bytes) => {
    const html = decodeText(bytes);
    const doc = fromHtml(html);
    return { doc, pictures: Math.max(0, (html.match(/<img\b/gi)?.length ?? 0) - picturesOf(doc)) };
  },
  text: (bytes) => ({ doc: fromText(decodeText(bytes)), pictures: 0 }),
};

/** Deeper than any text that somebody wrote; what walks documents does it by recursion. */
const DEPTH = 60;

/** A conversion keeps the process busy; several at once would keep it busy for as long as all of them take. */
const inLine = oneAtATime();

/** Throws FileRefused with a sentence for the person who chose the file. */
export function convertFile(kind: KindName, bytes: Uint8Array): Promise<Converted> {
  return inLine(() => convert(kind, bytes));
}

async function convert(kind: KindName, bytes: Uint8Array): Promise<Converted> {
  let converted: Converted;
  try {
    // Word files take their time in parts (docx.ts).
    converted = await (kind === "docx" ? fromDocx(bytes) : inTime(() => converters[kind](bytes)));
    inTime(() => converted.doc.check());
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
