// Looks at a ZIP file before anything unpacks it: what it holds, and that unpacking it stays within bounds. A few
// kilobytes can unpack to gigabytes, and what a ZIP file says about its sizes need not be true.
import { inflateRawSync } from "node:zlib";

/** One packed file. */
interface Entry {
  name: string;
  packed: Uint8Array;
  method: number;
  /** Bytes, as the ZIP file claims. */
  size: number;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

/** The entries, or null if this is no ZIP file that an office program would write (no split ones, no ZIP64). */
export function listZip(bytes: Uint8Array): Entry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    let end = bytes.length - 22;
    while (view.getUint32(end, true) !== END) end--;
    const entries: Entry[] = [];
    let at = view.getUint32(end + 16, true);
    for (let left = view.getUint16(end + 10, true); left > 0; left--) {
      if (view.getUint32(at, true) !== CENTRAL) return null;
      const [nameLength, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true)) as [
        number,
        number,
        number,
      ];
      const local = view.getUint32(at + 42, true);
      if (view.getUint32(local, true) !== LOCAL) return null;
      const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      entries.push({
        name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
        packed: bytes.subarray(start, start + view.getUint32(at + 20, true)),
        method: view.getUint16(at + 10, true),
        size: view.getUint32(at + 24, true),
      });
      at += 46 + nameLength + extra + comment;
    }
    return entries;
  } catch (error) {
    // Read beyond the end.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The unpacked entries, or null if together they have more than `limit` bytes, or one is not what it claims. */
export function unpackWithin(entries: Entry[], limit: number): Uint8Array[] | null {
  if (entries.reduce((sum, { size }) => sum + size, 0) > limit) return null;
  const unpacked = entries.map(unpack);
  return unpacked.every((bytes) => bytes !== null) ? unpacked : null;
}

function unpack({ packed, method, size }: Entry): Uint8Array | null {
  try {
    const bytes = method === 8 ? inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) }) : packed;
    return (method === 8 || method === 0) && bytes.length === size ? bytes : null;
  } catch {
    return null;
  }
}
