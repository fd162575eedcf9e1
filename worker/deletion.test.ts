import { expect, test } from "vitest";
import { Deletion } from "./deletion.ts";
import type { Item } from "./room-host.ts";
import { joins, leaves, says } from "./testing/lone-room.ts";

/** What is kept, and how many are from before. */
function sift(deletion: Deletion, items: Item[]): [kept: Item[], old: number] {
  let old = 0;
  const kept = deletion.sift(items, (refused) => {
    old += refused.length;
  });
  return [kept, old];
}

test("[R15] whoever was there before the deletion is not heard, whoever came after it is", () => {
  const deletion = new Deletion();
  expect(sift(deletion, [says(1, 1, Uint8Array.of(0))])).toEqual([[], 1]);
  expect(sift(deletion, [joins(2), says(2, 1, Uint8Array.of(0))])[1]).toBe(0);
});

test("[R15] [P3] what has to wait for its turn is judged as when it came, though its sender has left since", () => {
  const deletion = new Deletion();
  sift(deletion, [joins(1)]);
  const [kept] = sift(deletion, [says(1, 1, Uint8Array.of(0)), leaves(1)]);
  expect(kept).toHaveLength(2);
  expect(sift(deletion, kept)).toEqual([kept, 0]);
  expect(sift(deletion, [says(1, 2, Uint8Array.of(0))])).toEqual([[], 1]);
});
