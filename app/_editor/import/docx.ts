// A Word file to a document, by way of HTML. Pictures are not read.
import type { Node } from "prosemirror-model";
import { fromHtml } from "#app/_editor/import/html.ts";
import { inTime } from "#app/_editor/import/in-time.ts";
import { FileRefused } from "#app/_editor/import/refused.ts";
import { listZip, unpackWithin, writeZip } from "#app/_editor/import/zip.ts";

/** Bytes of XML that are read of a file, and tags in it: some hundred pages, which take the server a few seconds. */
const XML_LIMIT = 16 * 1024 * 1024;
const TAGS = 200_000;

/** Paragraph styles that mean more than mammoth knows. */
const styles = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
  "p[style-name='Code'] => pre:separator('\\n')",
  "p[style-name='HTML Preformatted'] => pre:separator('\\n')",
  "r[style-name='Code Char'] => code",
  "u => u",
  "strike => s",
];

/** `pictures`: how many were left out. */
export async function fromDocx(bytes: Uint8Array): Promise<{ doc: Node; pictures: number }> {
  const buffer = readParts(bytes);
  // The library is large, and few processes ever need it.
  const { default: mammoth } = await import("mammoth");
  let pictures = 0;
  const leaveOut = async () => {
    pictures++;
    return [];
  };
  const options = {
    styleMap: styles,
    includeEmbeddedStyleMap: false,
    externalFileAccess: false,
    // Empty lines of code are paragraphs, too; those that only make air go below.
    ignoreEmptyParagraphs: false,
    convertImage: leaveOut as unknown as (typeof mammoth)["images"]["dataUri"],
  };
  const { value } = await mammoth.convertToHtml({ buffer }, options).catch(() => {
    throw new FileRefused("damaged");
  });
  return { doc: inTime(() => fromHtml(value.replace(/<(p|h[1-6])><\/\1>/g, ""))), pictures };
}

/** A Word file of the parts that are XML, as they were checked; what else is in there is never unpacked. */
function readParts(bytes: Uint8Array): Buffer {
  // An OLE container: the format before .docx, and what a password makes of either.
  if (Buffer.from(bytes.subarray(0, 4)).toString("hex") === "d0cf11e0") {
    throw new FileRefused("locked");
  }
  const entries = listZip(bytes);
  if (!entries?.some(({ name }) => name === "word/document.xml")) {
    throw new FileRefused("not-word");
  }
  const read = entries.filter(({ name }) => /\.(xml|rels)$/i.test(name) || name.startsWith("mammoth/"));
  const parts = unpackWithin(read, XML_LIMIT);
  if (!parts || parts.reduce((sum, { bytes }) => sum + tagsIn(bytes), 0) > TAGS) throw new FileRefused("too-long");
  // Another reader may see other parts in the same bytes: by offsets counted otherwise, a second directory, ZIP64.
  return writeZip(parts);
}

function tagsIn(xml: Uint8Array): number {
  let count = 0;
  for (const byte of xml) if (byte === 0x3c) count++;
  return count;
}
