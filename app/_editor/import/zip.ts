// Looks at a ZIP file before anything unpacks it: what it holds, and that unpacking it stays within bounds. A few
// kilobytes can unpack to gigabytes, and what a ZIP file says about its sizes need not be true.
import { crc32, inflateRawSync } from "node:zlib";

/** One packed file. */
interface Entry {
  name: string;
  packed: Uint8Array;
  method: number;
  /** Bytes, as the ZIP file claims. */
  size: number;
}

/** One unpacked file. */
interface Part {
  name: string;
  bytes: Uint8Array;
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
export function unpackWithin(entries: Entry[], limit: number): Part[] | null {
  if (entries.reduce((sum, { size }) => sum + size, 0) > limit) return null;
  const parts: Part[] = [];
  for (const entry of entries) {
    const bytes = unpack(entry);
    if (!bytes) return null;
    parts.push({ name: entry.name, bytes });
  }
  return parts;
}

function unpack({ packed, method, size }: Entry): Uint8Array | null {
  try {
    const bytes = method === 8 ? inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) }) : packed;
    return (method === 8 || method === 0) && bytes.length === size ? bytes : null;
  } catch {
    return null;
  }
}

/** A ZIP file of these parts and nothing else, not packed. */
export function writeZip(parts: Part[]): Buffer {
  const files: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const { name, bytes } of parts) {
    const path = Buffer.from(name);
    // What both headers say: the version, that names are UTF-8, not packed, no date.
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(0x0800, 2);
    about.writeUInt32LE(crc32(bytes), 10);
    about.writeUInt32LE(bytes.length, 14);
    about.writeUInt32LE(bytes.length, 18);
    about.writeUInt16LE(path.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    files.push(uint32(LOCAL), about, path, bytes);
    directory.push(uint32(CENTRAL), about.subarray(0, 2), about, place, path);
    at += 4 + about.length + path.length + bytes.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...files, ...directory, uint32(END), end]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
