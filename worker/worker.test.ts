import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { LEASE_TTL } from "#lib/channel-layer/channel-layer.ts";
import { partitionOf } from "#lib/partition.ts";
import { Requests } from "#lib/requests.ts";
import { replay } from "./testing/replay.ts";
import { Town, type TownClient } from "./testing/town.ts";

let town: Town;
beforeEach(async () => {
  town = new Town();
  await town.start();
});
afterEach(() => town.stop());

async function stored(room: string): Promise<string> {
  const found = await town.storage.load(room);
  const doc = new Y.Doc();
  for (const update of [...(found?.snapshot ? [found.snapshot] : []), ...(found?.updates ?? [])])
    Y.applyUpdate(doc, update);
  return doc.getText("t").toString();
}

const agree = (text: string, ...clients: TownClient[]) =>
  vi.waitFor(() => {
    for (const client of clients) expect(client.text).toBe(text);
  });

const isSaved = (client: TownClient) => vi.waitFor(() => expect(client.saved).toBe(client.sequence), { interval: 3 });

test("[P1] two people write, a third who comes later sees it all", async () => {
  const [ana, ben] = [town.join("ana", "prosemirror.d"), town.join("ben", "prosemirror.d")];
  ana.type("hi ");
  await agree("hi ", ana, ben);
  ben.type("there");
  const eve = town.join("eve", "prosemirror.d");
  await agree("hi there", ana, ben, eve);
});

test("[P2] saved is said after the commit and not before", async () => {
  let commit = () => {};
  const allowed = new Promise<void>((resolve) => {
    commit = resolve;
  });
  const append = town.storage.append.bind(town.storage);
  const spy = vi.spyOn(town.storage, "append").mockImplementation(async (rows) => {
    await allowed;
    return append(rows);
  });
  const [ana, ben] = [town.join("ana", "prosemirror.d"), town.join("ben", "prosemirror.d")];
  ana.type("word");
  await agree("word", ben);
  await vi.waitFor(() => expect(spy).toHaveBeenCalled());
  expect(ana.saved).toBeLessThan(ana.sequence);
  expect(await stored("prosemirror.d")).toBe("");
  commit();
  await isSaved(ana);
  expect(await stored("prosemirror.d")).toBe("word");
});

test("[P2] an edit waits while the store is away, and is saved when it is back", async () => {
  const spy = vi.spyOn(town.storage, "append").mockRejectedValue(new Error("away"));
  const [ana, ben] = [town.join("ana", "prosemirror.d"), town.join("ben", "prosemirror.d")];
  ana.type("kept");
  await agree("kept", ben);
  await vi.waitFor(() => expect(spy.mock.calls.length).toBeGreaterThan(1));
  expect(ana.saved).toBeLessThan(ana.sequence);
  spy.mockRestore();
  await isSaved(ana);
  expect(await stored("prosemirror.d")).toBe("kept");
});

test("[P3] a worker that dies before its commit loses nothing: the next one replays the log", async () => {
  vi.spyOn(town.storage, "append").mockImplementation(() => new Promise(() => {}));
  const ana = town.join("ana", "prosemirror.d");
  const ben = town.join("ben", "prosemirror.d");
  ana.type("seen by ben");
  await agree("seen by ben", ben);
  vi.restoreAllMocks();

  // A new world over the same log and store; nothing of the first worker's memory is left.
  const reborn = await replay(town);
  await vi.waitFor(async () => expect(await stored("prosemirror.d")).toBe("seen by ben"));
  await reborn();
});

test("[P10] a second worker takes its share, and rooms move without a lost edit", async () => {
  const rooms = Array.from({ length: 32 }, (_, i) => `prosemirror.room${i}`);
  const clients = rooms.map((room) => town.join("ana", room));
  for (const client of clients) client.type("one ");
  await Promise.all(clients.map(isSaved));
  const second = await town.addWorker("w2");
  const owners = () => {
    const terms = new Map<number, string>();
    for (const said of town.announcements) {
      if (said.type === "owner") for (const { partition, term } of said.owned) terms.set(partition, term);
    }
    return [...terms.values()].map((term) => term.split(".")[0]);
  };
  await vi.waitFor(() => expect(owners().filter((owner) => owner === "w2")).toHaveLength(8), 5_000);
  for (const client of clients) client.connect(true);
  for (const client of clients) client.type("two");
  await Promise.all(clients.map(isSaved));
  for (const room of rooms) expect(await stored(room)).toBe("one two");

  await second.stop();
  await vi.waitFor(() => expect(owners().filter((owner) => owner === "w2")).toHaveLength(0), 5_000);
});

test("[P10] a worker that slept for longer than its lease does not speak of what it reads next: the next owner does", async () => {
  const [ana, ben] = [town.join("ana", "prosemirror.d"), town.join("ben", "prosemirror.d")];
  ana.type("early ");
  await agree("early ", ana, ben);
  const latest = () => {
    const said = town.announcements.findLast((announcement) => announcement.type === "owner");
    return said?.type === "owner"
      ? said.owned.find(({ partition }) => partition === partitionOf(ana.room))?.term
      : null;
  };
  const before = latest();
  const told: unknown[] = [];
  ben.doc.on("update", () => told.push(latest()));
  const now = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => now() + LEASE_TTL + 1);
  ana.type("late");
  await vi.waitFor(() => expect(latest()).not.toBe(before), 5_000);
  vi.restoreAllMocks();
  for (const client of [ana, ben]) client.connect(true);
  await agree("early late", ana, ben);
  await isSaved(ana);
  expect(told).not.toContain(before);
});

test("[P4] a room whose bytes cannot be read is refused and left as it is", async () => {
  const epoch = await town.storage.own("other", 0, "test");
  const fence = { channel: "other", partition: 0, epoch };
  const bytes = Uint8Array.of(1, 2, 3, 250, 251);
  await town.storage.append([{ room: "prosemirror.bad", update: bytes, authors: [], fence }]);
  const ana = town.join("ana", "prosemirror.bad");
  await vi.waitFor(() => expect(ana.closed).toBe(4500));
  ana.type("must not be stored");
  const good = town.join("ben", "prosemirror.good");
  good.type("fine");
  await isSaved(good);
  expect((await town.storage.load("prosemirror.bad"))?.updates).toEqual([bytes]);
});

test("[P5] a room that is slow to load does not keep the others waiting", async () => {
  const load = town.storage.load.bind(town.storage);
  vi.spyOn(town.storage, "load").mockImplementation((room) =>
    room === "prosemirror.slow" ? new Promise(() => {}) : load(room),
  );
  town.join("ana", "prosemirror.slow").type("waits");
  const ben = town.join("ben", "prosemirror.quick");
  ben.type("goes on");
  await isSaved(ben);
});

test("[P5] a malformed frame costs its connection and nothing else", async () => {
  const [ana, mallory] = [town.join("ana", "prosemirror.d"), town.join("mallory", "prosemirror.d")];
  mallory.send(Uint8Array.of(0, 2, 200));
  ana.type("still here");
  await isSaved(ana);
  await vi.waitFor(() => expect(mallory.closed).toBe(4400));
  expect(ana.closed).toBeNull();
});

test("[R8] a request answers from the live room, also if nobody is in it, and knows what does not exist", async () => {
  const ana = town.join("ana", "prosemirror.d");
  ana.type("live");
  await isSaved(ana);
  ana.disconnect();
  const requests = new Requests((message) => link.send("yroom", message), 2_000);
  const link = await town.layer.server("s2", {
    onMessages: (messages) => {
      for (const message of messages) if (message.type === "response") requests.receive(message);
    },
    onAnnouncement: () => {},
    onGap: () => {},
    onLost: () => {},
  });
  const text = JSON.parse(new TextDecoder().decode(await requests.call("prosemirror.d", "exportText", ["t"])));
  expect(text).toBe("live");
  await expect(requests.call("prosemirror.never", "read")).rejects.toMatchObject({
    code: "refused",
    message: "data-unavailable",
  });
  await expect(requests.call("prosemirror.d", "constructor")).rejects.toThrow("no such method");
});

test("[P9] somebody who leaves a room that is not loaded does not have it loaded", async () => {
  const load = vi.spyOn(town.storage, "load");
  const room = "prosemirror.d";
  town.link.send("yroom", { type: "disconnect", room, connection: 7, clients: [] });
  town.link.send("yroom", { type: "disconnect", room, connection: 8, clients: [] });
  await town.layer.drain();
  expect(load).not.toHaveBeenCalled();
  // Behind somebody who joins it is the room's business, in order.
  const ana = town.join("ana", room);
  ana.disconnect();
  await town.layer.drain();
  expect(load).toHaveBeenCalledTimes(1);
});
