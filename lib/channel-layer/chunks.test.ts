import { expect, test } from "vitest";
import { concat } from "#lib/concat.ts";
import { decodeServerMessages, encodeServerMessages } from "#lib/message-codec.ts";
import type { ServerMessage } from "#lib/messages.ts";
import { chunks, encodeChunks } from "./chunks.ts";

const forward = (fill: number, size: number): ServerMessage => {
  return { type: "forward", room: "prosemirror.d", to: "all", payloads: [new Uint8Array(size).fill(fill)] };
};
const encode = (messages: ServerMessage[]) => concat(encodeServerMessages(messages));

test("what is too large for one command is cut, in order; one large message stays whole", () => {
  const sizes = [1, 5_000_000, 5_000_000, 9_000_000, 1];
  const pieces = chunks(sizes.map((size, fill) => forward(fill, size)));
  expect(pieces.map((piece) => piece.length)).toEqual([2, 1, 1, 1]);
});

test("[P5] a message that cannot be written costs no other", () => {
  const odd: ServerMessage = { type: "own", clients: [[1, 2 ** 56]] };
  const errors: unknown[] = [];
  const messages = [forward(1, 10), odd, forward(2, 10)];
  const encoded = encodeChunks(messages, encode, (error) => errors.push(error));
  expect(encoded.flatMap((bytes) => decodeServerMessages(bytes))).toEqual([forward(1, 10), forward(2, 10)]);
  expect(errors).toHaveLength(1);
  expect(encodeChunks([odd], encode, () => {})).toEqual([]);
});
