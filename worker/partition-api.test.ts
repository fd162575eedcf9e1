import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { encodeStep1 } from "#lib/frames.ts";
import { partitionOf } from "#lib/partition.ts";
import { CLOSE } from "#lib/protocol.ts";
import { Requests } from "#lib/requests.ts";
import { Town, type TownClient } from "./testing/town.ts";

const ROOM = "prosemirror.d";
let town: Town;
let requests: Requests;

beforeEach(async () => {
  town = new Town();
  await town.start();
  const link = await town.layer.server("s2", {
    onMessages: (messages) => {
      for (const message of messages) if (message.type === "response") requests.receive(message);
    },
    onAnnouncement: () => {},
    onGap: () => {},
    onLost: () => {},
  });
  requests = new Requests((message, channel) => link.send(channel, message));
});
afterEach(() => town.stop());

async function ask(method: string, ...args: unknown[]): Promise<unknown> {
  const body = await requests.callOwner("yroom", partitionOf(ROOM), method, args, 8_000);
  return JSON.parse(new TextDecoder().decode(body));
}

const isLive = () => vi.waitFor(async () => expect(await ask("rooms")).toMatchObject({ rooms: [{ state: "live" }] }));

/** As a provider does after a close code that allows it. */
function reconnect(client: TownClient): void {
  client.closed = null;
  client.disconnect();
  client.connect(false);
  client.send(encodeStep1(Y.encodeStateVector(client.doc)));
}

async function stored(): Promise<string> {
  const found = await town.storage.load(ROOM);
  const doc = new Y.Doc();
  for (const update of [...(found?.snapshot ? [found.snapshot] : []), ...(found?.updates ?? [])]) {
    Y.applyUpdate(doc, update);
  }
  return doc.getText("t").toString();
}

test("a probe is answered", async () => expect(await ask("ping")).toBeNull());

test("the report of a partition has figures and people, and nothing that is written", async () => {
  const ana = town.join("ana", ROOM);
  ana.type("private words");
  await vi.waitFor(() => expect(ana.saved).toBe(ana.sequence));
  const report = await ask("rooms");
  expect(report).toMatchObject({
    worker: "w1",
    partition: partitionOf(ROOM),
    total: 1,
    rooms: [
      {
        name: ROOM,
        state: "live",
        rows: 1,
        uncommitted: null,
        connections: [{ id: "s1/1", user: { id: "u-ana", name: "ana" }, mayWrite: true }],
      },
    ],
  });
  expect(JSON.stringify(report)).not.toContain("private");
});

test("[P1] [P3] a room is closed again and again while two people write: nothing is lost, nobody drifts apart", async () => {
  const [ana, ben] = [town.join("ana", ROOM), town.join("ben", ROOM)];
  let written = 0;
  await isLive();
  for (let round = 0; round < 10; round++) {
    const closing = ask("closeRoom", ROOM, "closed in a test");
    for (let i = 0; i < 20; i++) {
      (i % 2 === 0 ? ana : ben).type("x");
      written++;
      if (i % 5 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await closing).toBe(true);
    await vi.waitFor(() => expect([ana.closed, ben.closed]).toEqual([CLOSE.restart, CLOSE.restart]));
    for (const client of [ana, ben]) reconnect(client);
  }
  await vi.waitFor(async () => {
    expect([ana.text.length, ben.text.length]).toEqual([written, written]);
    expect((await stored()).length).toBe(written);
  }, 5_000);
  expect(ben.text).toBe(ana.text);
});

test("a closed room that nobody comes back to is saved and has nobody in it", async () => {
  const ana = town.join("ana", ROOM);
  await isLive();
  ana.type("last words");
  await vi.waitFor(() => expect(ana.saved).toBeGreaterThan(1));
  expect(await ask("closeRoom", ROOM, "closed in a test")).toBe(true);
  ana.disconnect();
  await vi.waitFor(async () => expect(await ask("rooms")).toMatchObject({ total: 1, rooms: [{ connections: [] }] }));
  expect(await stored()).toBe("last words");
});

test("one connection is closed, and is told that an administrator did it", async () => {
  const [ana, ben] = [town.join("ana", ROOM), town.join("ben", ROOM)];
  await vi.waitFor(async () => expect(await ask("closeConnection", "s1/2", "test")).toBe(true));
  await vi.waitFor(() => expect(ben.closed).toBe(CLOSE.closedByAdmin));
  expect(ana.closed).toBeNull();
  expect(await ask("closeConnection", "s1/9", "test")).toBe(false);
});

test.each(["constructor", "toString", "unload", ""])("there is no method %o", async (method) => {
  await expect(ask(method)).rejects.toMatchObject({ code: "refused", message: `no such method: ${method}` });
});
