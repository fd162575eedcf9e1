// Whatever a client says, what is stored of a room can be read again: rows, rows merged, and snapshot. Yjs takes updates that it
// cannot write, or read, afterwards; one of them would close the document for everybody, for good.
import * as encoding from "lib0/encoding";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { encodeUpdate } from "#lib/frames.ts";
import { type RoomType, roomTypeOf } from "#lib/room-types.ts";
import { Effort, stopAfter } from "./effort.ts";
import { Room } from "./room.ts";
import { fromHex } from "./testing/hex.ts";
import { options } from "./testing/town.ts";

// Yjs says on the console what it finds strange.
beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => {}));
afterEach(() => void vi.restoreAllMocks());

const type = roomTypeOf("prosemirror.d");
const typeOf = (version: 1 | 2) => ({ ...type, protocolVersion: version }) as RoomType;

/** What the room keeps of these updates, and how many it took. */
function take(version: 1 | 2, updates: Uint8Array[]) {
  const room = new Room("prosemirror.d", typeOf(version));
  const honest = new Y.Doc();
  honest.clientID = 1_000;
  honest.getText("t").insert(0, "everybody's words");
  const encode = version === 1 ? Y.encodeStateAsUpdate : Y.encodeStateAsUpdateV2;
  const rows: Uint8Array[] = [];
  let taken = 0;
  for (const update of [encode(honest), ...updates]) {
    room.connect({ id: "s/1", member: { id: "u-eve", name: "Eve", color: 1 }, options });
    const whose = { connection: "s/1", sequence: 1, userId: "u-eve", options, relayedBy: null, answered: false };
    const frame = encodeUpdate(update);
    const { violations, edited, broadcast } = stopAfter(2_000, () =>
      room.receive([{ ...whose, frame }], 0, new Effort(() => 0)),
    );
    if (violations.length > 0) room.disconnect("s/1", 0);
    else taken++;
    rows.push(...(edited?.updates ?? []));
    expect(broadcast.length).toBeLessThan(3);
  }
  return { room, rows, taken: taken - 1 };
}

/** Throws if anything of it cannot be read. */
function readAgain({ room, rows }: ReturnType<typeof take>): void {
  for (const stored of [rows, [Y.mergeUpdates(rows)], [room.encodeState()]]) {
    const again = stopAfter(2_000, () => new Room("prosemirror.d", type, stored));
    expect(again.doc.getText("t").toString()).toContain("everybody");
    again.encodeState();
  }
}

const uint = (number: number): number[] =>
  number < 128 ? [number] : [128 + (number % 128), ...uint(Math.floor(number / 128))];

test.each([
  ["lengths that no number can hold", Uint8Array.from([1, 2, 3, 0, 0, ...uint(2 ** 53 - 1), 0, ...uint(2 ** 56), 0])],
  [
    "lengths whose sum no number can hold",
    Uint8Array.from([1, 10, 3, 0, ...new Array(10).fill([0, ...uint(2 ** 53 - 1)]).flat(), 0]),
  ],
  ["something of no length", fromHex("0103000004010174036162630401017402626301010174000100010000")],
  ["deletions of no length", Uint8Array.from([0, 1, ...uint(1_000), 1, 3, 0])],
])("[P4] [P5] an update with %s is refused, and the document stays readable", (_, update) => {
  const kept = take(1, [update]);
  expect(kept.taken).toBe(0);
  readAgain(kept);
});

/** Bytes in the form of an update, with numbers, parents and contents as they come. */
function strangeUpdate(random: (below: number) => number): Uint8Array {
  const strange = [2 ** 31, 2 ** 53 - 1, 2 ** 56];
  const number = () => (random(8) === 0 ? (strange[random(strange.length)] ?? 0) : random(6));
  const some = () => [...new Set(Array.from({ length: random(3) }, number))].sort((a, b) => b - a);
  return encoding.encode((encoder) => {
    const write = (value: number) => encoding.writeUint8Array(encoder, Uint8Array.from(uint(value)));
    const clients = some();
    write(clients.length);
    for (const client of clients) {
      const structs = 1 + random(3);
      for (const value of [structs, client, number()]) write(value);
      for (let n = 0; n < structs; n++) writeStruct(encoder, write, number, random);
    }
    const deleted = some();
    write(deleted.length);
    for (const client of deleted) for (const value of [client, 1, number(), number()]) write(value);
  });
}

function writeStruct(
  encoder: encoding.Encoder,
  write: (value: number) => void,
  number: () => number,
  random: (below: number) => number,
): void {
  const kind = random(6);
  if (kind < 2) {
    encoding.writeUint8(encoder, kind === 0 ? 0 : 10);
    write(number());
    return;
  }
  const [origins, content] = [random(4), random(4)];
  encoding.writeUint8(encoder, (origins << 6) | ([4, 1, 8, 7][content] ?? 4));
  if (origins & 2) for (let n = 0; n < 2; n++) write(number());
  if (origins & 1) for (let n = 0; n < 2; n++) write(number());
  if (origins === 0) {
    write(1);
    encoding.writeVarString(encoder, "t");
  }
  if (content === 0) encoding.writeVarString(encoder, "abc".slice(random(4)));
  else if (content === 1) write(number());
  else if (content === 2) for (const value of [1, 120]) encoding.writeUint8(encoder, value);
  else {
    write(random(7));
    encoding.writeVarString(encoder, "p");
  }
}

test.each([1, 2] as const)(
  "[P4] [P5] whatever has the form of an update (V%i), the document stays readable: 150 stories",
  (version) => {
    let seed = 7;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
      return (seed >>> 8) % below;
    };
    let taken = 0;
    for (let story = 0; story < 150; story++) {
      const updates = Array.from({ length: 4 }, () => strangeUpdate(random)).flatMap((update) => {
        if (version === 1) return [update];
        try {
          return [Y.convertUpdateFormatV1ToV2(update)];
        } catch {
          return [];
        }
      });
      const kept = take(version, updates);
      taken += kept.taken;
      readAgain(kept);
    }
    expect(taken).toBeGreaterThan(50);
  },
);
