// A command with large arguments, written to the socket as they are. ioredis joins what it sends, and what is in a pipeline
// twice; of a large document most of what a delivery costs would be the memory for those copies.
import type { Writable } from "node:stream";
import { Command } from "ioredis";

/** Bytes from which on it costs less than a copy, and than waiting for others of its turn. */
export const LARGE = 16 * 1024;

export class LargeCommand extends Command {
  readonly #arguments: readonly Uint8Array[][];

  /** An argument is a text, or bytes in pieces that nobody changes any more. */
  constructor(name: string, ...given: readonly (string | readonly Uint8Array[])[]) {
    super(
      name,
      given.map((argument) => (typeof argument === "string" ? argument : "")),
    );
    this.#arguments = given.map((argument) => (typeof argument === "string" ? [Buffer.from(argument)] : [...argument]));
  }

  /** Called by ioredis, which writes what this answers behind the rest. */
  override toWritable(socket: object): string {
    const wire = socket as Writable;
    wire.cork();
    process.nextTick(() => wire.uncork());
    let between = `*${this.#arguments.length + 1}\r\n$${this.name.length}\r\n${this.name}\r\n`;
    for (const pieces of this.#arguments) {
      wire.write(`${between}$${pieces.reduce((sum, { length }) => sum + length, 0)}\r\n`);
      for (const piece of pieces) wire.write(piece);
      between = "\r\n";
    }
    return between;
  }
}
