// Splits what one turn collected when it is too large for one command; usually it is one piece.
import type { RoomMessage, ServerMessage } from "#lib/messages.ts";

/** Bytes of payload above which a batch is cut. A single larger message stays whole. */
const CHUNK_BYTES = 8 * 1024 * 1024;
/** Bytes that a message has besides its payload, about. */
const BESIDES = 100;

export function chunks<Message extends RoomMessage | ServerMessage>(messages: Message[]): Message[][] {
  const pieces: Message[][] = [];
  let piece: Message[] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = sizeOf(message);
    if (bytes > 0 && bytes + size > CHUNK_BYTES) {
      pieces.push(piece);
      piece = [];
      bytes = 0;
    }
    piece.push(message);
    bytes += size;
  }
  if (piece.length > 0) pieces.push(piece);
  return pieces;
}

/** Each piece as `encode` makes it. A message that it cannot write is left out and reported, and costs no other. */
export function encodeChunks<Message extends RoomMessage | ServerMessage, Bytes>(
  messages: Message[],
  encode: (piece: Message[]) => Bytes,
  onBad: (error: unknown) => void,
): Bytes[] {
  const encoded: Bytes[] = [];
  for (const piece of chunks(messages)) {
    try {
      encoded.push(encode(piece));
    } catch (error) {
      if (piece.length === 1) onBad(error);
      else for (const message of piece) encoded.push(...encodeChunks([message], encode, onBad));
    }
  }
  return encoded;
}

/** Bytes that a message takes up while it waits, about; very many small ones are much as well. */
export function weightOf(message: RoomMessage | ServerMessage): number {
  return BESIDES + sizeOf(message);
}

function sizeOf(message: RoomMessage | ServerMessage): number {
  switch (message.type) {
    case "receive":
      return message.payload.length;
    case "forward":
      return message.payloads.reduce((sum, payload) => sum + payload.length, message.state?.bytes?.length ?? 0);
    case "request":
      return message.args.length + message.bytes.length;
    case "response":
      return message.body.length;
    default:
      return 0;
  }
}
