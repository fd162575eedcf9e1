// A live room without a worker: what is delivered, committed and let go is recorded by spies.
import { vi } from "vitest";
import { roomTypeOf } from "#lib/room-types.ts";
import { LiveRoom } from "#worker/live-room.ts";
import type { Item, RoomHost } from "#worker/room-host.ts";
import type { Storage } from "#worker/storage/storage.ts";

const name = "prosemirror.d";
const options = { allowWrite: true, allowWriteAwareness: true, extended: true, framing: "y-websocket" as const };

/** `flushed` is when whatever is to be committed is. The room has nothing stored, and can store nothing. */
export function loneRoom(flushed: Promise<void> = Promise.resolve()) {
  const [deliver, onGone] = [vi.fn<RoomHost["deliver"]>(), vi.fn()];
  const log = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} };
  const persistence = { flush: () => flushed, isClean: () => true, waitingSince: () => null, add: () => {} };
  const host = { log, persistence, deliver, onGone, onFenced: () => {} } as unknown as RoomHost;
  const storage = { load: async () => null } as unknown as Storage;
  const fence = { channel: "yroom", partition: 0, epoch: 1n };
  return { live: new LiveRoom(name, roomTypeOf(name), storage, fence, host), deliver, onGone };
}

export function joins(connection: number): Item {
  const member = { id: "ana", name: "Ana", color: 0 };
  const message = { type: "connect" as const, room: name, connection, member, options, resync: false };
  return { message, server: "s", release: vi.fn() };
}

export function says(connection: number, sequence: number, payload: Uint8Array): Item {
  const message = { type: "receive" as const, room: name, connection, sequence, userId: "ana", options, payload };
  return { message, server: "s", release: vi.fn() };
}
