// A room that nobody is in any more: it is kept for a while, then saved and let go, unless somebody comes in time.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { encodeStep1 } from "#lib/frames.ts";
import { roomTypeOf } from "#lib/room-types.ts";
import { joins, leaves, loneRoom, says } from "./testing/lone-room.ts";

const { removeRoomDelay } = roomTypeOf("prosemirror.d");

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A room that two were in and have left. */
async function left() {
  const room = loneRoom();
  room.live.take([joins(1), joins(2)]);
  await vi.advanceTimersByTimeAsync(0);
  room.live.take([leaves(1)]);
  // As long as one is there, nothing runs.
  await vi.advanceTimersByTimeAsync(3 * removeRoomDelay);
  expect(room.onGone).not.toHaveBeenCalled();
  room.live.take([leaves(2)]);
  return room;
}

test("[P9] an empty room is let go when its delay is over, and not before", async () => {
  const { onGone } = await left();
  await vi.advanceTimersByTimeAsync(removeRoomDelay - 1);
  expect(onGone).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(onGone).toHaveBeenCalledTimes(1);
});

test("[P9] somebody who comes in time keeps the room, and the delay begins anew when they leave", async () => {
  const { live, onGone } = await left();
  await vi.advanceTimersByTimeAsync(removeRoomDelay - 1);
  live.take([joins(3), says(3, 1, encodeStep1(Uint8Array.of(0)))]);
  await vi.advanceTimersByTimeAsync(3 * removeRoomDelay);
  expect(onGone).not.toHaveBeenCalled();
  live.take([leaves(3)]);
  await vi.advanceTimersByTimeAsync(removeRoomDelay - 1);
  expect(onGone).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(onGone).toHaveBeenCalledTimes(1);
});

test("[P9] somebody who comes while the last edits are being saved keeps the room", async () => {
  let save = () => {};
  const saved = new Promise<void>((resolve) => {
    save = resolve;
  });
  const { live, onGone } = loneRoom(saved);
  live.take([joins(1)]);
  await vi.advanceTimersByTimeAsync(0);
  live.take([leaves(1)]);
  await vi.advanceTimersByTimeAsync(removeRoomDelay);
  live.take([joins(2)]);
  save();
  await vi.advanceTimersByTimeAsync(3 * removeRoomDelay);
  expect(onGone).not.toHaveBeenCalled();
});
