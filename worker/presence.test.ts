import { expect, test } from "vitest";
import * as awareness from "y-protocols/awareness";
import * as Y from "yjs";
import { decodeEntries, encodeEntries } from "#lib/awareness.ts";
import type { Member } from "#lib/messages.ts";
import { PEOPLE_COLORS } from "#lib/palette.ts";
import { AWARENESS_TIMEOUT, Presence } from "./presence.ts";

const ana: Member = { id: "u-ana", name: "Ana", color: 1 };
const ben: Member = { id: "u-ben", name: "Ben", color: 2 };

/** A real client of y-protocols. */
function client(state: Record<string, unknown> | null) {
  const it = new awareness.Awareness(new Y.Doc());
  it.setLocalState(state);
  it.destroy = it.destroy.bind(it);
  return it;
}

const encode = (it: awareness.Awareness) => awareness.encodeAwarenessUpdate(it, [it.clientID]);

test("[P7] identity is the session's, whatever the client claims", () => {
  const presence = new Presence();
  const mallory = client({ user: { id: "u-ana", name: "Ana", color: "#fff" }, cursor: { anchor: 1 } });
  presence.apply("c1", ben, encode(mallory), 0);
  const seen = client(null);
  awareness.applyAwarenessUpdate(seen, presence.encode(), null);
  expect(seen.getStates().get(mallory.clientID)).toEqual({
    user: { id: "u-ben", name: "Ben", color: PEOPLE_COLORS[2], hue: 2 },
    cursor: { anchor: 1 },
  });
  for (const it of [mallory, seen]) it.destroy();
});

test("[P7] nobody can change or remove somebody else's client", () => {
  const presence = new Presence();
  const anas = client({ cursor: 1 });
  presence.apply("c1", ana, encode(anas), 0);
  anas.setLocalState({ cursor: 2 });
  expect(presence.apply("c2", ben, encode(anas), 0)).toEqual([]);
  anas.setLocalState(null);
  expect(presence.apply("c2", ben, awareness.encodeAwarenessUpdate(anas, [anas.clientID], new Map()), 0)).toEqual([]);
  expect(presence.size).toBe(1);
  anas.destroy();
});

test("[P7] who repeats what was said of others does not become them, though nobody else is known yet", () => {
  const former = new Presence();
  const [anas, bens] = [client({ cursor: 1 }), client(null)];
  former.apply("c1", ana, encode(anas), 0);
  awareness.applyAwarenessUpdate(bens, former.encode(), null);
  const echo = awareness.encodeAwarenessUpdate(bens, [anas.clientID]);
  const next = new Presence();
  expect(next.apply("c2", ben, echo, 0)).toEqual([]);
  anas.setLocalState({ cursor: 2 });
  expect(next.apply("c1", ana, encode(anas), 0)).toEqual([anas.clientID]);
  // Of their own they may say what they were told themselves.
  awareness.applyAwarenessUpdate(anas, next.encode(), null);
  expect(new Presence().apply("c3", ana, awareness.encodeAwarenessUpdate(anas, [anas.clientID]), 0)).toHaveLength(1);
});

test("[P9] the states of one person have a length altogether, and get it back", () => {
  const presence = new Presence();
  const say = (connection: string, member: Member, id: number, clock: number, length: number) => {
    const state = JSON.stringify({ a: "x".repeat(length) });
    return presence.apply(connection, member, encodeEntries([{ client: id, clock, state }]), 0).length;
  };
  const taken = Array.from({ length: 20 }, (_, n) => say(`c${n}`, ana, n, 1, 65_000));
  expect(taken.filter((count) => count === 1)).toHaveLength(16);
  expect(say("b", ben, 100, 1, 65_000)).toBe(1);
  expect(say("c0", ana, 0, 2, 65_400)).toBe(1);
  expect(say("c1", ana, 1, 2, 10)).toBe(1);
  expect(say("c19", ana, 19, 1, 60_000)).toBe(1);
  presence.leave("c2", 0);
  expect(say("c18", ana, 18, 1, 60_000)).toBe(1);
  expect(say("c17", ana, 17, 1, 60_000)).toBe(0);
});

test("a reconnect of the same person may overtake the end of the old connection", () => {
  const presence = new Presence();
  const anas = client({ cursor: 1 });
  presence.apply("old", ana, encode(anas), 0);
  anas.setLocalState({ cursor: 2 });
  expect(presence.apply("new", ana, encode(anas), 0)).toEqual([anas.clientID]);
  expect(presence.leave("old", 0)).toEqual([]);
  expect(presence.size).toBe(1);
  anas.destroy();
});

test("[R17] a client is claimed once, by whoever may speak for it from now on", () => {
  const presence = new Presence();
  const anas = client({ cursor: 1 });
  const say = (connection: string, member: Member) => {
    anas.setLocalState({ cursor: 2 });
    presence.apply(connection, member, encode(anas), 0);
    return presence.takeClaims().map((claim) => `${claim.connection} ${claim.client === anas.clientID}`);
  };
  expect(say("c1", ana)).toEqual(["c1 true"]);
  expect(say("c1", ana)).toEqual([]);
  expect(say("c2", ben)).toEqual([]);
  expect(say("c3", ana)).toEqual(["c3 true"]);
  presence.leave("c3", 0);
  expect(say("c2", ben)).toEqual(["c2 true"]);
  anas.destroy();
});

test("leaving removes the client for everyone who sees the change", () => {
  const presence = new Presence();
  const anas = client({ cursor: 1 });
  presence.apply("c1", ana, encode(anas), 0);
  const seen = client(null);
  awareness.applyAwarenessUpdate(seen, presence.encode(), null);
  expect(seen.getStates().has(anas.clientID)).toBe(true);
  awareness.applyAwarenessUpdate(seen, presence.encodeChanges(presence.leave("c1", 0))[0] as Uint8Array, null);
  expect(seen.getStates().has(anas.clientID)).toBe(false);
  for (const it of [anas, seen]) it.destroy();
});

test("who left is taken away from those who saw it elsewhere, unless somebody speaks for it by now", () => {
  const presence = new Presence();
  const [anas, bens] = [client({ cursor: 1 }), client({ cursor: 1 })];
  const seen = client(null);
  for (const it of [anas, bens]) {
    it.setLocalState({ cursor: 2 });
    awareness.applyAwarenessUpdate(seen, encode(it), null);
  }
  presence.apply("b2", ben, encode(bens), 0);
  const told = (connection: string, it: awareness.Awareness) => {
    const changed = presence.leave(connection, 0, [[it.clientID, it.meta.get(it.clientID)?.clock ?? 0]]);
    awareness.applyAwarenessUpdate(seen, presence.encodeChanges(changed)[0] as Uint8Array, null);
    return [anas, bens].map(({ clientID }) => seen.getStates().has(clientID));
  };
  expect(told("b1", bens)).toEqual([true, true]);
  expect(told("a1", anas)).toEqual([false, true]);
  for (const it of [anas, bens, seen]) it.destroy();
});

test("who left lately is named for those who may have missed it, until they come back or time is over", () => {
  const presence = new Presence();
  const anas = client({ cursor: 1 });
  const gone = () => [...decodeEntries(presence.encodeGone() ?? Uint8Array.of(0), 9)].map(({ state }) => state);
  presence.apply("c1", ana, encode(anas), 0);
  expect(gone()).toEqual([]);
  presence.leave("c1", 1_000);
  expect(gone()).toEqual(["null"]);
  presence.apply("c2", ana, encode(anas), 2_000);
  expect(gone()).toEqual([]);
  presence.leave("c2", 3_000);
  presence.expire(3_000 + AWARENESS_TIMEOUT);
  expect(gone()).toEqual(["null"]);
  presence.expire(3_001 + AWARENESS_TIMEOUT);
  expect(gone()).toEqual([]);
  anas.destroy();
});

test("[P9] however many leave, a thousand of them are remembered", () => {
  const presence = new Presence();
  for (let client = 0; client < 1_200; client++) presence.leave("c1", 0, [[client, 1]]);
  const named = [...decodeEntries(presence.encodeGone() as Uint8Array, 2_000)].map(({ client }) => client);
  expect([named.length, named[0], named.at(-1)]).toEqual([1_000, 200, 1_199]);
});

test("however many expire at once, each is told with its clock", () => {
  const presence = new Presence();
  for (let client = 0; client < 1_200; client++)
    presence.apply(`c${client}`, ana, encodeEntries([{ client, clock: 5, state: "{}" }]), 0);
  const [told] = presence.encodeChanges(presence.expire(AWARENESS_TIMEOUT + 1));
  const clocks = [...decodeEntries(told as Uint8Array, 2_000)].map(({ clock }) => clock);
  expect([clocks.length, new Set(clocks)]).toEqual([1_200, new Set([5])]);
});

test("only what changed is encoded: the size does not grow with the number of people", () => {
  const presence = new Presence();
  const people = Array.from({ length: 50 }, () => client({ cursor: { anchor: 1, head: 2 } }));
  for (const [i, it] of people.entries()) {
    presence.apply(`c${i}`, { id: `u${i}`, name: `P ${i}`, color: i }, encode(it), 0);
  }
  const one = people[7] as awareness.Awareness;
  one.setLocalState({ cursor: { anchor: 3, head: 4 } });
  const changed = presence.apply("c7", { id: "u7", name: "P 7", color: 7 }, encode(one), 0);
  expect(presence.encodeChanges(changed)[0]?.length).toBeLessThan(140);
  expect(presence.encode().length).toBeGreaterThan(50 * 60);
  for (const it of people) it.destroy();
});

test("a state that is not renewed expires", () => {
  const presence = new Presence();
  const anas = client({ cursor: 1 });
  presence.apply("c1", ana, encode(anas), 0);
  expect(presence.expire(AWARENESS_TIMEOUT)).toEqual([]);
  expect(presence.expire(AWARENESS_TIMEOUT + 1)).toEqual([anas.clientID]);
  anas.destroy();
});

test("[P9] a message of very many states is refused before any of them is read", () => {
  const presence = new Presence();
  const bytes = new Uint8Array(8_000_000).fill(1);
  bytes.set([0xc0, 0x84, 0x3d]);
  expect(() => presence.apply("c", ana, bytes, 0)).toThrow("1000000 awareness states");
  expect(presence.size).toBe(0);
});

test("[P9] a connection has a few clients, and gets them back one by one when it leaves them", () => {
  const presence = new Presence();
  const people = Array.from({ length: 18 }, () => client({ cursor: 1 }));
  const said = people.map((it) => presence.apply("c1", ana, encode(it), 0).length);
  expect(said.filter((count) => count === 1)).toHaveLength(16);
  const [first] = people as [awareness.Awareness];
  first.setLocalState(null);
  const left = awareness.encodeAwarenessUpdate(first, [first.clientID], new Map());
  expect(presence.apply("c1", ana, left, 0)).toEqual([first.clientID]);
  expect(presence.apply("c1", ana, encode(people[17] as awareness.Awareness), 0)).toHaveLength(1);
  for (const it of people) it.destroy();
});

test("malformed states are refused", () => {
  const presence = new Presence();
  expect(() => presence.apply("c", ana, Uint8Array.of(1, 5, 1, 3, 0x7b, 0x7b, 0x7b), 0)).toThrow();
  expect(() => presence.apply("c", ana, Uint8Array.of(1, 5, 1, 1, 0x37), 0)).toThrow("not an object");
  expect(() => presence.apply("c", ana, Uint8Array.of(9, 5), 0)).toThrow();
});
