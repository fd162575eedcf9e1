// The whole path with y-websocket framing: the real client of y-websocket and bare sockets. testing/full-path.ts says
// what is real and what is not.
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import WebSocket from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { SERVER_BEAT } from "#lib/channel-layer/channel-layer.ts";
import { encodeUpdate } from "#lib/frames.ts";
import { tally } from "#lib/metrics.ts";
import { PEOPLE_COLORS } from "#lib/palette.ts";
import { CLOSE, LIMITS } from "#lib/protocol.ts";
import { createYWebsocketGate } from "#server/gates/y-websocket.ts";
import { startHeartbeat } from "#server/heartbeat.ts";
import { admitted, type FullPath, startFullPath } from "./testing/full-path.ts";

/** `/ws/<room>?as=<name>[&readonly=1]`; the room "private" is refused. */
const gate = createYWebsocketGate({
  path: /^\/ws\/(?<room>\w+)$/,
  admit: async (_, { searchParams }, { room }) => {
    if (room === "private") return { code: CLOSE.noAccess, reason: "private" };
    const allowWrite = searchParams.get("readonly") !== "1";
    const options = { allowWrite, allowWriteAwareness: true, extended: false, framing: "y-websocket" } as const;
    return admitted(`prosemirror.${room}`, searchParams.get("as") ?? "nobody", options);
  },
});

let path: FullPath;
beforeEach(async () => {
  path = await startFullPath([gate]);
});
afterEach(() => path.stop());

function join(room: string, name: string, params: Record<string, string> = {}) {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${path.url}/ws`, room, doc, {
    params: { as: name, ...params },
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  });
  path.onStop(() => provider.destroy());
  const text = doc.getText("t");
  return { doc, provider, text, type: (words: string) => text.insert(text.length, words) };
}

async function raw(room: string): Promise<WebSocket> {
  const socket = new WebSocket(`${path.url}/ws/${room}?as=raw`);
  path.onStop(() => socket.terminate());
  await new Promise((resolve) => socket.once("open", resolve));
  return socket;
}

const closeCode = (socket: WebSocket) => new Promise<number>((resolve) => socket.once("close", resolve));

test("[P1] two clients of y-websocket converge, and one that was offline brings its edits to the open one", async () => {
  await path.startWorker("w1");
  const [ana, ben] = [join("d1", "ana"), join("d1", "ben")];
  ana.type("hello ");
  await vi.waitFor(() => expect(ben.text.toString()).toBe("hello "));
  ben.provider.disconnect();
  ben.type("from the train");
  ana.type("there ");
  ben.provider.connect();
  await vi.waitFor(() => {
    expect(ana.text.toString()).toBe(ben.text.toString());
    expect(ana.text.toString()).toContain("from the train");
  });
});

test("[P7] others see who somebody is by the session, and that they left at once", async () => {
  await path.startWorker("w1");
  const [ana, ben] = [join("d2", "ana"), join("d2", "ben")];
  ana.provider.awareness.setLocalState({ user: { name: "The Director", color: "#000000" } });
  const states = () => ben.provider.awareness.getStates();
  await vi.waitFor(() =>
    expect(states().get(ana.doc.clientID)).toEqual({
      user: { id: "u-ana", name: "ana", color: PEOPLE_COLORS[3], hue: 3 },
    }),
  );
  ana.provider.disconnect();
  await vi.waitFor(() => expect(states().has(ana.doc.clientID)).toBe(false));
});

test("[P6] a reader sees everything and changes nothing", async () => {
  await path.startWorker("w1");
  const [ana, eve] = [join("d3", "ana"), join("d3", "eve", { readonly: "1" })];
  ana.type("read me");
  await vi.waitFor(() => expect(eve.text.toString()).toBe("read me"));
  eve.type(" and this");
  ana.type(".");
  await vi.waitFor(() => expect(eve.text.toString()).toContain("."));
  expect(ana.text.toString()).toBe("read me.");
});

test("[P1] a worker that is replaced is told of everybody: nobody reconnects, nothing is missed", async () => {
  const first = await path.startWorker("w1");
  const [ana, ben] = [join("d4", "ana"), join("d4", "ben")];
  ana.type("before ");
  await vi.waitFor(() => expect(ben.text.toString()).toBe("before "));
  const closes = vi.fn();
  ben.provider.on("connection-close", closes);
  await first.stop();
  ana.type("between ");
  await path.startWorker("w2");
  ben.type("after");
  await vi.waitFor(() => {
    expect(ana.text.toString()).toBe(ben.text.toString());
    expect(ana.text.toString()).toMatch(/before .*between/);
    expect(ana.text.toString()).toContain("after");
  }, 5_000);
  expect(closes).not.toHaveBeenCalled();
});

test("[P9] limits close the connection with a code of their own, and only that one", async () => {
  await path.startWorker("w1");
  const ana = join("d5", "ana");
  const large = await raw("d5");
  large.send(new Uint8Array(LIMITS.frameBytes + 1));
  expect(await closeCode(large)).toBe(CLOSE.tooLarge);
  const huge = await raw("d5");
  huge.send(new Uint8Array(LIMITS.frameBytes * 2 + 1));
  expect(await closeCode(huge)).toBe(1009);
  const fast = await raw("d5");
  for (let i = 0; i < LIMITS.frameBurst + 500; i++) fast.send(Uint8Array.of(3));
  expect(await closeCode(fast)).toBe(CLOSE.tooFast);
  const rude = await raw("d5");
  rude.send(Uint8Array.of(0, 2, 255, 1));
  expect(await closeCode(rude)).toBe(CLOSE.protocolViolation);
  expect(ana.provider.wsconnected).toBe(true);
});

test("[P9] a client that does not read is closed, and the others go on", async () => {
  await path.startWorker("w1");
  const [ana, ben] = [join("d7", "ana"), join("d7", "ben")];
  const sleepy = await raw("d7");
  await vi.waitFor(() => expect(path.consumers.size).toBe(3));
  const closed = closeCode(sleepy);
  sleepy.pause();
  const page = "x".repeat(4 * 1024 * 1024);
  const pages = Math.ceil(LIMITS.sendBuffer / page.length) + 8;
  for (let sent = 1; sent <= pages; sent++) {
    // One page after the other, each in the place of the last: the document itself has a limit, too.
    ana.doc.transact(() => {
      ana.text.delete(0, ana.text.length);
      ana.type(`${sent} ${page}`);
    });
    await vi.waitFor(() => expect(ben.text.toString().startsWith(`${sent} `)).toBe(true), {
      timeout: 5_000,
      interval: 5,
    });
  }
  await vi.waitFor(() => expect(path.consumers.size).toBe(2));
  sleepy.resume();
  expect([CLOSE.fellBehind, 1006]).toContain(await closed);
}, 30_000);

test("[P9] a client that answers no ping is cut, one that does stays", async () => {
  const stop = startHeartbeat(path.sockets, 40);
  path.onStop(stop);
  const dead = new WebSocket(`${path.url}/ws/d8?as=dead`, { autoPong: false });
  const alive = await raw("d8");
  expect(await closeCode(dead)).toBe(1006);
  expect(alive.readyState).toBe(WebSocket.OPEN);
  await vi.waitFor(() => expect(path.consumers.size).toBe(1));
});

test("[R13] a gate decides about the room, the person, the rights and the number of a connection", async () => {
  await path.startWorker("w1");
  const textCollaboration = createYWebsocketGate({
    path: /^\/ws\/textcollab\/(?<name>\w+)$/,
    admit: async (_request, url, { name = "" }) => {
      const readOnly = url.searchParams.has("readonly");
      const admission = admitted(`textcollab.${name}`, "guest", {
        allowWrite: !readOnly,
        allowWriteAwareness: !readOnly,
        extended: false,
        framing: "y-websocket",
      });
      return { ...admission, connectionId: readOnly ? 7002 : 7001 };
    },
  });
  const other = await startFullPath([textCollaboration]);
  path.onStop(() => other.stop());
  await other.startWorker("w1");
  const connect = (params: Record<string, string>) => {
    const doc = new Y.Doc();
    const provider = new WebsocketProvider(`${other.url}/ws/textcollab`, "plan", doc, {
      params,
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
      disableBc: true,
    });
    other.onStop(() => provider.destroy());
    return { doc, provider, text: doc.getText("t") };
  };
  const [writer, reader] = [connect({}), connect({ readonly: "1" })];
  writer.text.insert(0, "Hello");
  await vi.waitFor(() => expect(reader.text.toString()).toBe("Hello"));
  reader.text.insert(0, "not me");
  reader.provider.awareness.setLocalState({ cursor: "not me either" });
  writer.text.insert(5, ".");
  await vi.waitFor(() => expect(reader.text.toString()).toContain("."));
  expect(writer.text.toString()).toBe("Hello.");
  expect(writer.provider.awareness.getStates().has(reader.doc.clientID)).toBe(false);
  const connections = [...other.consumers.all()].map(({ id, admission }) => [id, admission.room]);
  expect(connections.sort()).toEqual([
    [7001, "textcollab.plan"],
    [7002, "textcollab.plan"],
  ]);
});

test("[R9] text and empty frames are ignored", async () => {
  await path.startWorker("w1");
  const socket = await raw("d6");
  const ben = join("d6", "ben");
  socket.send("hello");
  socket.send(new Uint8Array());
  const doc = new Y.Doc();
  doc.getText("t").insert(0, "and then an update");
  socket.send(encodeUpdate(Y.encodeStateAsUpdate(doc)));
  await vi.waitFor(() => expect(ben.text.toString()).toBe("and then an update"));
  expect(socket.readyState).toBe(WebSocket.OPEN);
});

test("[R10] a refusal is a close code right after the upgrade; other paths get a 404", async () => {
  const socket = new WebSocket(`${path.url}/ws/private?as=eve`);
  expect(await closeCode(socket)).toBe(CLOSE.noAccess);
  const other = new WebSocket(`${path.url}/elsewhere`);
  const error = await new Promise((resolve) => other.once("error", resolve));
  expect(String(error)).toContain("404");
});

test("[R18] [P1] who opens a document gets it from the server as long as nobody writes, and then every edit", async () => {
  const { keptStateFrom } = LIMITS;
  Object.assign(LIMITS, { keptStateFrom: 1 });
  onTestFinished(() => void Object.assign(LIMITS, { keptStateFrom }));
  await path.startWorker("w1");
  const ana = join("d11", "ana");
  ana.type("one ");
  const opens = async (name: string) => {
    const [before, somebody] = [tally.answered, join("d11", name)];
    await vi.waitFor(() => expect(somebody.provider.synced).toBe(true));
    expect(somebody.text.toString()).toBe(ana.text.toString());
    return { ...somebody, byServer: tally.answered > before };
  };
  const ben = await opens("ben");
  const byServer = () =>
    vi.waitFor(async () => {
      const somebody = await opens("cem");
      expect(somebody.byServer).toBe(true);
      return somebody;
    });
  const cem = await byServer();
  cem.type("two ");
  await vi.waitFor(() => expect(ana.text.toString()).toBe("one two "));
  const dan = await opens("dan");
  expect([ben.byServer, dan.byServer]).toEqual([false, false]);
  const eve = await byServer();
  ana.type("three ");
  for (const { text } of [ben, cem, dan, eve]) await vi.waitFor(() => expect(text.toString()).toBe("one two three "));
});

test("[R17] [P7] people on one server see each other's cursors while no worker is there", async () => {
  const { quietTime } = LIMITS;
  Object.assign(LIMITS, { quietTime: 100 });
  onTestFinished(() => void Object.assign(LIMITS, { quietTime }));
  const worker = await path.startWorker("w1");
  const [ana, ben] = [join("d9", "ana"), join("d9", "ben")];
  const cursorOf = (seer: typeof ana, client: number) => seer.provider.awareness.getStates().get(client);
  ana.provider.awareness.setLocalStateField("cursor", 1);
  await vi.waitFor(() => expect(cursorOf(ben, ana.doc.clientID)).toMatchObject({ cursor: 1 }));
  const before = tally.relayed;
  await vi.waitFor(() => {
    ana.provider.awareness.setLocalStateField("cursor", 1);
    expect(tally.relayed).toBeGreaterThan(before);
  });
  await worker.stop();
  ana.provider.awareness.setLocalState({ cursor: 2, user: { id: "u-boss", name: "The Boss" } });
  await vi.waitFor(() =>
    expect(cursorOf(ben, ana.doc.clientID)).toMatchObject({ cursor: 2, user: { id: "u-ana", name: "ana" } }),
  );
  await path.startWorker("w2");
  const cem = join("d9", "cem");
  await vi.waitFor(() => expect(cem.provider.synced).toBe(true));
  ana.provider.awareness.setLocalStateField("cursor", 3);
  await vi.waitFor(() => expect(cursorOf(cem, ana.doc.clientID)).toMatchObject({ cursor: 3, user: { id: "u-ana" } }));
});

test("somebody who leaves while no worker is there is gone for those who stay, soon after the next one has come", async () => {
  const worker = await path.startWorker("w1");
  const [ana, ben] = [join("d10", "ana"), join("d10", "ben")];
  const isSeen = () => ana.provider.awareness.getStates().has(ben.doc.clientID);
  await vi.waitFor(() => {
    ben.provider.awareness.setLocalStateField("cursor", 1);
    expect(isSeen()).toBe(true);
  });
  await worker.stop();
  ben.provider.disconnect();
  await path.startWorker("w2");
  expect(isSeen()).toBe(true);
  await vi.waitFor(() => expect(isSeen()).toBe(false), { timeout: 2 * SERVER_BEAT });
});
