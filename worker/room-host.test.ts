import { expect, test } from "vitest";
import { type Item, joinsFirst } from "./room-host.ts";
import { joins, leaves, says } from "./testing/lone-room.ts";

const by = (server: string, item: Item): Item => ({ ...item, server });
const relayed = (item: Item): Item =>
  item.message.type === "receive" ? { ...item, message: { ...item.message, relayed: true } } : item;

test("those who join come before the frames around them, which nobody misses for it", () => {
  const [a, b, c, d] = [says(1, 1, Uint8Array.of(0)), joins(2), says(1, 2, Uint8Array.of(0)), joins(3)];
  expect(joinsFirst([a, b, c, d])).toEqual([b, d, a, c]);
});

test("nothing overtakes somebody who leaves", () => {
  const [a, b, c] = [says(1, 1, Uint8Array.of(0)), leaves(1), joins(2)];
  expect(joinsFirst([a, b, c])).toEqual([a, b, c]);
});

test("[R17] nobody comes before what their own server has told without them", () => {
  const gone = relayed(says(1, 2, Uint8Array.of(1)));
  const [here, elsewhere] = [joins(2), by("other", joins(3))];
  expect(joinsFirst([gone, here])).toEqual([gone, here]);
  expect(joinsFirst([gone, elsewhere, here])).toEqual([elsewhere, gone, here]);
});
