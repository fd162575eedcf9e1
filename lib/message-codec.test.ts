import { describe, expect, it } from "vitest";
import { connectMessage, receiveMessage, requestMessage } from "#lib/channel-layer/test-messages.ts";
import { concat } from "#lib/concat.ts";
import {
  decodeAnnouncement,
  decodeRoomMessages,
  decodeServerMessages,
  encodeAnnouncement,
  encodeRoomMessages,
  encodeServerMessages,
} from "#lib/message-codec.ts";
import type { Announcement, RoomMessage, ServerMessage } from "#lib/messages.ts";

const room = "prosemirror.one";
const codecError = expect.objectContaining({ code: "codec" });

/** A small seeded generator (mulberry32): the same seed makes the same messages. */
function random(seed: number) {
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (max: number) => Math.floor(next() * max);
  const pick = <Item>(items: readonly Item[]) => items[int(items.length)] as Item;
  return {
    int,
    pick,
    flag: () => next() < 0.5,
    number: () => int(pick([2, 200, 70_000, 2 ** 32, Number.MAX_SAFE_INTEGER])),
    text: () =>
      pick(["", "a", "prosemirror.1", "Ana Pérez", "東京", "\u{1F600}", "\uFEFFbom", "x".repeat(int(20_000)), "\0"]),
    bytes: () => Uint8Array.from({ length: pick([0, 1, 5, 300, 5000]) }, () => int(256)),
    list: <Item>(make: () => Item) => Array.from({ length: int(6) }, make),
  };
}

type Random = ReturnType<typeof random>;

function randomRoomMessage(r: Random): RoomMessage {
  const framing = r.pick(["y-websocket", "hocuspocus"] as const);
  const options = { allowWrite: r.flag(), allowWriteAwareness: r.flag(), extended: r.flag(), framing };
  const to = { room: r.text(), connection: r.number() };
  return r.pick<() => RoomMessage>([
    () => ({
      type: "connect",
      ...to,
      member: { id: r.text(), name: r.text(), color: r.int(12) },
      options,
      resync: r.flag(),
      state: r.flag() ? null : r.text(),
    }),
    () => ({
      type: "receive",
      ...to,
      sequence: r.number(),
      userId: r.text(),
      options,
      relayed: r.flag(),
      answered: r.flag(),
      payload: r.bytes(),
    }),
    () => ({ type: "disconnect", ...to, clients: r.list(() => [r.number(), r.number()]) }),
    () => ({
      type: "request",
      room: r.text(),
      request: r.number(),
      method: r.text(),
      args: r.text(),
      bytes: r.bytes(),
    }),
  ])();
}

function randomServerMessage(r: Random): ServerMessage {
  const to = () => (r.flag() ? ("all" as const) : r.list(r.number));
  return r.pick<() => ServerMessage>([
    () => ({ type: "forward", room: r.text(), to: to(), payloads: r.list(r.bytes) }),
    () => {
      const state = { at: r.int(3), id: r.text(), term: r.text() || null, bytes: r.flag() ? null : r.bytes() };
      return { type: "forward", room: r.text(), to: to(), payloads: r.list(r.bytes), state };
    },
    () => ({ type: "saved", frames: r.list(() => [r.number(), r.number()] as [number, number]) }),
    () => ({ type: "own", clients: r.list(() => [r.number(), r.number()] as [number, number]) }),
    () => ({ type: "close", room: r.text(), to: to(), code: r.int(5000), reason: r.text() }),
    () => ({ type: "response", request: r.number(), error: r.flag() ? null : r.text(), body: r.bytes() }),
  ])();
}

/** As it would arrive: a piece of a larger buffer, with other bytes on both sides. */
function within(bytes: Uint8Array): Uint8Array {
  const buffer = Buffer.alloc(bytes.length + 40, 1);
  buffer.set(bytes, 20);
  return buffer.subarray(20, 20 + bytes.length);
}

describe("room messages", () => {
  it("come back as they were, for 300 seeds", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const r = random(seed);
      const messages = r.list(() => randomRoomMessage(r));
      expect(decodeRoomMessages(within(encodeRoomMessages(messages))), `seed ${seed}`).toEqual(messages);
    }
  });

  it("write a name once in a batch", () => {
    const messages = Array.from({ length: 100 }, (_, index) => receiveMessage(room, index));
    // type, room, connection, sequence, user, options, payload: 10 bytes each, and the two names once.
    expect(encodeRoomMessages(messages).length).toBeLessThan(100 * 10 + room.length + "ana".length + 10);
  });

  it("know a truncated batch, at whatever byte it was cut", () => {
    const messages = [connectMessage(room, 1), receiveMessage(room, 2), requestMessage(room, 3)];
    const bytes = encodeRoomMessages(messages);
    const whole = [1, 2, 3].map((count) => encodeRoomMessages(messages.slice(0, count)).length);
    for (let length = 0; length < bytes.length; length++) {
      // A cut between two messages leaves a shorter batch, which no codec can tell from a whole one.
      if (length === 1 || whole.includes(length)) continue;
      expect(() => decodeRoomMessages(within(bytes.subarray(0, length))), `${length} bytes`).toThrow(codecError);
    }
  });

  it("refuse what they do not know", () => {
    expect(() => decodeRoomMessages(Uint8Array.of(2))).toThrow("unknown version 2");
    expect(() => decodeRoomMessages(Uint8Array.of(1, 9, 0, 1, 97))).toThrow("unknown room message 9");
    expect(() => decodeRoomMessages(Uint8Array.of(1, 2, 5, 1))).toThrow("unknown name 5");
    expect(() => encodeRoomMessages([{ type: "disconnect", room, connection: -1, clients: [] }])).toThrow(
      "not a natural number",
    );
  });
});

describe("server messages", () => {
  it("come back as they were, for 300 seeds", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const r = random(seed);
      const messages = r.list(() => randomServerMessage(r));
      expect(decodeServerMessages(within(concat(encodeServerMessages(messages)))), `seed ${seed}`).toEqual(messages);
    }
  });

  it("carry payloads without a copy", () => {
    const bytes = concat(
      encodeServerMessages([{ type: "forward", room, to: "all", payloads: [Uint8Array.of(1, 2, 3)] }]),
    );
    const [message] = decodeServerMessages(bytes);
    if (message?.type !== "forward") throw new Error("not a forward");
    expect(message.payloads[0]?.buffer).toBe(bytes.buffer);
  });
});

it("garbage is an error or messages, never anything else, for 2,000 seeds", () => {
  let refused = 0;
  for (let seed = 1; seed <= 2000; seed++) {
    const r = random(seed);
    const bytes = r.flag() ? r.bytes() : encodeRoomMessages(r.list(() => randomRoomMessage(r)));
    for (let flips = r.int(4); flips > 0 && bytes.length > 0; flips--) bytes[r.int(bytes.length)] = r.int(256);
    for (const decode of [decodeRoomMessages, decodeServerMessages, decodeAnnouncement]) {
      try {
        decode(within(bytes));
      } catch (error) {
        refused++;
        expect(error, `seed ${seed}`).toEqual(codecError);
      }
    }
  }
  expect(refused).toBeGreaterThan(2000);
});

describe("announcements", () => {
  const announcements: Announcement[] = [
    { type: "owner", channel: "yroom", owned: [{ partition: 0, term: "w1.2.3" }] },
    { type: "notice", room, notice: { kind: "renamed", title: "Naïve – 東京", by: "Ana" } },
    { type: "notice", room, notice: { kind: "trashed", by: "Ben" } },
    { type: "close", room: null, userId: "ben", code: 4401, reason: "" },
    {
      type: "process",
      report: {
        id: "w1",
        role: "worker",
        channel: "yroom",
        host: "host",
        pid: 7,
        version: "1.2.3",
        commit: null,
        startedAt: "2026-11-23T06:00:00.000Z",
        memory: 1e8,
        rooms: 3,
        connections: null,
        partitions: [0, 5],
      },
    },
    { type: "close", room, userId: null, code: 4404, reason: "trashed" },
  ];

  it.each(announcements)("come back as they were: $type", (announcement) => {
    expect(decodeAnnouncement(within(encodeAnnouncement(announcement)))).toEqual(announcement);
  });

  it("refuse what they do not know", () => {
    for (const text of [
      "",
      "{",
      "null",
      '{"type":"new"}',
      '{"type":"owner","channel":"yroom","owned":[{"partition":-1,"term":""}]}',
    ]) {
      expect(() => decodeAnnouncement(Buffer.from(text)), text).toThrow(codecError);
    }
  });
});
