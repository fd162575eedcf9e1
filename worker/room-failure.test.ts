// A room over which something fails: what its people notice (nothing), and what becomes of the message that did it.
import * as encoding from "lib0/encoding";
import { afterEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { encodeUpdate } from "#lib/frames.ts";
import { CLOSE } from "#lib/protocol.ts";
import { TookTooLong } from "./effort.ts";
import { Persistence, type Saved } from "./persistence.ts";
import { Room } from "./room.ts";
import type { Append, Storage } from "./storage/storage.ts";
import { joins, loneRoom } from "./testing/lone-room.ts";
import { silent, Town } from "./testing/town.ts";

const towns: Town[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(towns.splice(0).map((town) => town.stop()));
});

async function start(): Promise<Town> {
  const town = new Town();
  towns.push(town);
  await town.start();
  return town;
}

const SHREDS = 900_000;

/** Deletions, each of which cuts a long string once more: minutes of work in four megabytes. */
function shreds(client: number): Uint8Array {
  return encoding.encode((encoder) => {
    for (const number of [0, 1, client, SHREDS]) encoding.writeVarUint(encoder, number);
    for (let n = 0; n < SHREDS; n++) for (const number of [n * 2 + 1, 1]) encoding.writeVarUint(encoder, number);
  });
}

test("[P5] an update that would take minutes is stopped; its room and the others go on, nobody else is closed", async () => {
  const town = await start();
  const [ana, eve] = [town.join("ana", "prosemirror.d"), town.join("eve", "prosemirror.d")];
  const next = town.join("ben", "prosemirror.next");
  eve.type("x".repeat(2 * SHREDS));
  await vi.waitFor(() => expect(ana.text).toHaveLength(2 * SHREDS), 10_000);
  eve.send(encodeUpdate(shreds(eve.doc.clientID)));
  ana.type("word ");
  next.type("door");
  await vi.waitFor(() => {
    // On a machine that is busy otherwise she may be told to try again.
    if (eve.closed === CLOSE.restart) {
      eve.closed = null;
      eve.connect(false);
      eve.send(encodeUpdate(shreds(eve.doc.clientID)));
    }
    expect(eve.closed).toBe(CLOSE.tooLarge);
  }, 50_000);
  await vi.waitFor(() => expect([ana.saved, next.saved]).toEqual([ana.sequence, next.sequence]), 10_000);
  const late = town.join("cora", "prosemirror.d");
  await vi.waitFor(() => expect(late.text).toBe(ana.text));
  expect(late.text).toContain("word ");
  expect([ana.closed, next.closed]).toEqual([null, null]);
}, 60_000);

test("[P5] whoever writes while the machine has no time is to try again, and may", async () => {
  const town = await start();
  const ana = town.join("ana", "prosemirror.d");
  await vi.waitFor(() => expect(ana.saved).toBe(ana.sequence));
  const receive = vi.spyOn(Room.prototype, "receive").mockImplementation(() => {
    throw new TookTooLong(1_500, 20);
  });
  ana.type("word");
  await vi.waitFor(() => expect(ana.closed).toBe(CLOSE.restart));
  receive.mockRestore();
  const again = town.join("ana", "prosemirror.d");
  again.type("word");
  await vi.waitFor(() => expect(again.saved).toBe(again.sequence));
  expect(again.closed).toBeNull();
});

test("[P3] a frame over which the room fails is found among the others, which are all kept", async () => {
  const town = await start();
  const people = ["ana", "ben", "cora"].map((name) => town.join(name, "prosemirror.d"));
  const [ana, ben, cora] = people as [(typeof people)[0], (typeof people)[0], (typeof people)[0]];
  ana.type("before ");
  await vi.waitFor(() => expect(cora.text).toBe("before "));

  const receive = Room.prototype.receive;
  vi.spyOn(Room.prototype, "receive").mockImplementation(function (this: Room, batch, ...rest) {
    const outcome = receive.call(this, batch, ...rest);
    if (batch.some(({ frame }) => Buffer.from(frame).includes("poison"))) throw new Error("our own fault");
    return outcome;
  });
  ana.type("one ");
  ben.type("poison ");
  cora.type("two ");
  await vi.waitFor(() => expect(ben.closed).toBe(CLOSE.restart));
  await vi.waitFor(() => expect([ana.saved, cora.saved]).toEqual([ana.sequence, cora.sequence]));
  const late = town.join("dora", "prosemirror.d");
  await vi.waitFor(() => expect(late.text).not.toBe(""));
  expect([late.text.includes("one "), late.text.includes("two "), late.text.includes("poison")]).toEqual([
    true,
    true,
    false,
  ]);
  expect([ana.closed, cora.closed]).toEqual([null, null]);
});

test("a crowded room that fails while its edits are being committed takes what came meanwhile afterwards", async () => {
  let committed = () => {};
  const flushed = new Promise<void>((resolve) => {
    committed = resolve;
  });
  const { live, deliver } = loneRoom(flushed);
  live.take(Array.from({ length: 250 }, (_, connection) => joins(connection)));
  await vi.waitFor(() => expect(live.report().connections).toHaveLength(250));

  vi.spyOn(Room.prototype, "connect").mockImplementationOnce(() => {
    throw new Error("our own fault");
  });
  const early = joins(300);
  live.intake.add([early]);
  const late = joins(301);
  live.intake.add([late]);
  expect(late.release).not.toHaveBeenCalled();
  committed();
  await vi.waitFor(() => expect(live.report().connections).toHaveLength(252));
  expect([early.release, late.release].map((release) => vi.mocked(release).mock.calls.length)).toEqual([1, 1]);
  expect(deliver.mock.calls.some(([, message]) => message.type === "close")).toBe(false);
});

test("[P3] updates that cannot be merged are stored one by one, and hold nobody up", async () => {
  const rows: Append[] = [];
  const storage = {
    append: async (given: Append[]) => {
      rows.push(...given);
      return given.map((_, n) => BigInt(n + 1));
    },
  } as unknown as Storage;
  const persistence = new Persistence(storage, silent);
  const room = (name: string): Saved => ({
    ...{ name, fence: { channel: "yroom", partition: 0, epoch: 1n } },
    ...{ type: { autosaveDelay: 1, autosaveMaxWait: 1 }, onCommitted: vi.fn(), onFenced: vi.fn() },
  });
  const [bad, good] = [room("prosemirror.bad"), room("prosemirror.good")];
  const released = vi.fn();
  const edit = Y.encodeStateAsUpdate(new Y.Doc());
  const unmergeable = Uint8Array.of(1, 2, 77, 0xe8, 0x07, 0, 1, 0x4a, 1, 0);
  persistence.add(bad, [unmergeable, edit], ["eve"], new Map(), [released]);
  persistence.add(good, [edit], ["ana"], new Map([["s/1", 1]]), [released]);
  await persistence.flush();
  expect(rows.map(({ room: name, update }) => [name, update])).toEqual([
    ["prosemirror.bad", unmergeable],
    ["prosemirror.bad", edit],
    ["prosemirror.good", edit],
  ]);
  expect(bad.onCommitted).toHaveBeenCalledWith(2n, 12, new Map());
  expect(good.onCommitted).toHaveBeenCalledWith(3n, 2, new Map([["s/1", 1]]));
  expect(released).toHaveBeenCalledTimes(2);
});
