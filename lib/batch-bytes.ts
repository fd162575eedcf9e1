// The bytes of a batch of messages: numbers, names that are written once, texts and byte strings, each within the bounds
// of the input. What they mean is message-codec.ts' business.
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { concat } from "./concat.ts";

/** First byte of every batch; a decoder refuses any other. */
const VERSION = 1;

/** Bytes from which on a value is not copied into the encoder, which copies what it has whenever it grows. */
const LARGE = 4_096;

/** Refuses what is not UTF-8. */
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Bytes that are not a batch of this version: truncated, unknown or with something behind their end. */
export class CodecError extends Error {
  readonly code = "codec";
  constructor(message: string) {
    super(message);
    this.name = "CodecError";
  }
}

/** Every message of a batch. Throws a CodecError. */
export function decodeBatch<Message>(bytes: Uint8Array, decodeMessage: (reader: BatchReader) => Message): Message[] {
  try {
    const reader = new BatchReader(bytes);
    const version = reader.uint();
    if (version !== VERSION) throw new CodecError(`unknown version ${version}`);
    const messages: Message[] = [];
    while (!reader.done) messages.push(decodeMessage(reader));
    return messages;
  } catch (error) {
    if (error instanceof CodecError) throw error;
    throw new CodecError(`malformed batch: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Writes one batch, its version included. */
export class BatchWriter {
  #encoder = encoding.createEncoder();
  /** What comes before the encoder's bytes: large values as they are, copied once, at the end, or not at all. */
  #parts: Uint8Array[] = [];
  #names = new Map<string, number>();

  constructor() {
    this.uint(VERSION);
  }

  uint(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw new CodecError(`not a natural number: ${value}`);
    encoding.writeVarUint(this.#encoder, value);
  }

  /** A string that is likely to come again. */
  name(value: string): void {
    const known = this.#names.get(value);
    this.uint(known ?? 0);
    if (known !== undefined) return;
    this.#names.set(value, this.#names.size + 1);
    this.text(value);
  }

  text(value: string): void {
    encoding.writeVarString(this.#encoder, value);
  }

  bytes(value: Uint8Array): void {
    if (value.length < LARGE) {
      encoding.writeVarUint8Array(this.#encoder, value);
      return;
    }
    this.uint(value.length);
    this.#parts.push(encoding.toUint8Array(this.#encoder), value);
    this.#encoder = encoding.createEncoder();
  }

  /** 0: all; otherwise one more than the number of connections, then each of them. */
  targets(to: number[] | "all"): void {
    this.uint(to === "all" ? 0 : to.length + 1);
    if (to !== "all") for (const connection of to) this.uint(connection);
  }

  /** The batch in pieces, large values as they are. */
  pieces(): Uint8Array[] {
    return [...this.#parts, encoding.toUint8Array(this.#encoder)];
  }

  end(): Uint8Array {
    const pieces = this.pieces();
    return pieces.length === 1 ? (pieces[0] as Uint8Array) : concat(pieces);
  }
}

export class BatchReader {
  readonly #decoder: decoding.Decoder;
  #names: string[] = [];

  constructor(bytes: Uint8Array) {
    this.#decoder = decoding.createDecoder(bytes);
  }

  get done(): boolean {
    return !decoding.hasContent(this.#decoder);
  }

  uint(): number {
    return decoding.readVarUint(this.#decoder);
  }

  name(): string {
    const known = this.uint();
    if (known > 0) {
      const name = this.#names[known - 1];
      if (name === undefined) throw new CodecError(`unknown name ${known}`);
      return name;
    }
    const name = this.text();
    this.#names.push(name);
    return name;
  }

  text(): string {
    return utf8.decode(this.bytes());
  }

  bytes(): Uint8Array {
    const length = this.uint();
    // lib0 looks only at the memory behind the view, which may hold somebody else's bytes.
    if (length > this.#decoder.arr.length - this.#decoder.pos) throw new CodecError("truncated batch");
    return decoding.readUint8Array(this.#decoder, length);
  }

  targets(): number[] | "all" {
    const count = this.uint();
    if (count === 0) return "all";
    const to: number[] = [];
    for (let rest = count - 1; rest > 0; rest--) to.push(this.uint());
    return to;
  }
}
