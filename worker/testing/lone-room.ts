// A live room without a worker and without a store, in which nothing takes any time: what it delivers, and that it is
// gone, is recorded by spies.
import { vi } from "vitest";
import { roomTypeOf } from "#lib/room-types.ts";
import { Effort } from "#worker/effort.ts";
import { LiveRoom } from "#worker/live-room.ts";
import type { Item, RoomHost } from "#worker/room-host.ts";
import type { Storage } from "#worker/storage/storage.ts";
import { options, silent } from "./town.ts";

const name = "prosemirror.d";

/** `flushed` is when whatever is to be committed is. Nothing is stored before, nor after. */
export function loneRoom(flushed: Promise<void> = Promise.resolve()) {
  const [deliver, onGone] = [vi.fn<RoomHost["deliver"]>(), vi.fn()];
  const persistence = { flush: () => flushed, isClean: () => true, waitingSince: () => null, add: vi.fn() };
  const host = {
    log: silent,
    effort: new Effort(() => 0),
    persistence: () => persistence,
    deliver,
    confirm: vi.fn(),
    onGone,
    onFenced: () => {},
  } as unknown as RoomHost;
  const storage = { load: async () => null } as unknown as Storage;
  const fence = { channel: "yroom", partition: 0, epoch: 1n };
  return { live: new LiveRoom(name, roomTypeOf(name), storage, fence, host, "w1.1"), deliver, onGone };
}

export function joins(connection: number, state: string | null = null): Item {
  const member = { id: "ana", name: "Ana", color: 0 };
  const message = { type: "connect" as const, room: name, connection, member, options, resync: false, state };
  return { message, server: "s", release: vi.fn() };
}

export function leaves(connection: number): Item {
  return { message: { type: "disconnect", room: name, connection, clients: [] }, server: "s", release: vi.fn() };
}

export function says(connection: number, sequence: number, payload: Uint8Array): Item {
  const whose = { room: name, connection, sequence, userId: "ana", options };
  const message = { type: "receive" as const, ...whose, relayed: false, answered: false, payload };
  return { message, server: "s", release: vi.fn() };
}
