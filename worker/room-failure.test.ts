import { expect, test, vi } from "vitest";
import { roomTypeOf } from "#lib/room-types.ts";
import { LiveRoom } from "./live-room.ts";
import { Room } from "./room.ts";
import type { Item, RoomHost } from "./room-host.ts";
import type { Storage } from "./storage/storage.ts";

test("a crowded room that fails while its edits are being committed releases what came meanwhile", async () => {
  let committed = () => {};
  const flushed = new Promise<void>((resolve) => {
    committed = resolve;
  });
  const onGone = vi.fn();
  const log = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} };
  const persistence = { flush: () => flushed, isClean: () => true, waitingSince: () => null, add: () => {} };
  const host = { log, persistence, deliver: () => {}, onGone, onFenced: () => {} } as unknown as RoomHost;
  const storage = { load: async () => null } as unknown as Storage;
  const name = "prosemirror.d";
  const fence = { channel: "yroom", partition: 0, epoch: 1n };
  const live = new LiveRoom(name, roomTypeOf(name), storage, fence, host);
  const options = { allowWrite: true, allowWriteAwareness: true, extended: true, framing: "y-websocket" as const };
  const join = (connection: number): Item => {
    const member = { id: "ana", name: "Ana", color: 0 };
    const message = { type: "connect" as const, room: name, connection, member, options, resync: false };
    return { message, server: "s", release: vi.fn() };
  };
  live.take(Array.from({ length: 250 }, (_, connection) => join(connection)));
  await vi.waitFor(() => expect(live.report().connections).toHaveLength(250));

  vi.spyOn(Room.prototype, "connect").mockImplementationOnce(() => {
    throw new Error("our own fault");
  });
  live.intake.add([join(300)]);
  const late = join(301);
  live.intake.add([late]);
  expect(late.release).not.toHaveBeenCalled();
  committed();
  await vi.waitFor(() => expect(onGone).toHaveBeenCalled());
  expect(late.release).toHaveBeenCalledOnce();
});
