// Bytes of a text file to a string: UTF-8, UTF-16 with its mark, or what Windows wrote before.
import { FileRefused } from "#app/_editor/import/refused.ts";

/** A line becomes a block or two; this many take the server about a second. */
const LINES = 20_000;

/** Throws FileRefused for bytes that are no text, and for more lines than a document can have. */
export function decodeText(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding).decode(bytes);
  if (text.includes("\0")) throw new FileRefused("not-text");
  if ((text.match(/\n|\r(?!\n)/g)?.length ?? 0) > LINES) throw new FileRefused("too-long");
  return text;
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}
