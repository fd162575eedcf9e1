// The whole path with Hocuspocus framing: the real HocuspocusProvider and bare sockets. testing/full-path.ts says what
// is real and what is not.
import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import * as encoding from "lib0/encoding";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import WebSocket from "ws";
import * as Y from "yjs";
import { PEOPLE_COLORS } from "#lib/palette.ts";
import { CLOSE, LIMITS } from "#lib/protocol.ts";
import { createHocuspocusGate } from "#server/gates/hocuspocus.ts";
import { createMemoryStorage } from "#worker/storage/memory.ts";
import { fromHex, toHex } from "#worker/testing/hex.ts";
import { admitted, type FullPath, startFullPath } from "./testing/full-path.ts";

/** The token is `<name>[:readonly]`; the document "private" and no name at all are refused. */
const gate = createHocuspocusGate({
  path: "/ws/hocuspocus",
  admit: async (_request, _url, address, token) => {
    const [name = "", mode] = token.split(":");
    if (address === "private") return { code: CLOSE.noAccess, reason: "private" };
    if (name === "") return { code: CLOSE.signedOut, reason: "not signed in" };
    const allowWrite = mode !== "readonly";
    const options = { allowWrite, allowWriteAwareness: true, extended: true, framing: "hocuspocus" } as const;
    return admitted(`tiptap.${address.split("\0")[0]}`, name, options);
  },
  onStateless: (payload, { member }, reply) => reply(`${member.name} said ${payload}`),
});

let path: FullPath;
let storage = createMemoryStorage();
/** Appends wait for it. */
let held: Promise<void> | null = null;

beforeEach(async () => {
  const memory = createMemoryStorage();
  storage = {
    ...memory,
    append: async (rows) => {
      await held;
      return memory.append(rows);
    },
  };
  path = await startFullPath([gate], storage);
});
afterEach(async () => {
  await path.stop();
  held = null;
});

/** Holds every commit; answers what lets them go on. */
function hold(): () => void {
  let release = () => {};
  held = new Promise((resolve) => {
    release = resolve;
  });
  return release;
}

function openSocket(): HocuspocusProviderWebsocket {
  const socket = new HocuspocusProviderWebsocket({
    url: `${path.url}/ws/hocuspocus`,
    WebSocketPolyfill: WebSocket,
    delay: 50,
    minDelay: 50,
  });
  path.onStop(() => socket.destroy());
  return socket;
}

function join(name: string, token: string, websocketProvider = openSocket(), sessionAwareness = false) {
  const document = new Y.Doc();
  const closes: string[] = [];
  const stateless: string[] = [];
  const denied: string[] = [];
  const provider = new HocuspocusProvider({
    websocketProvider,
    name,
    token,
    document,
    sessionAwareness,
    onClose: ({ event }) => closes.push(`${event.code} ${event.reason}`),
    onStateless: ({ payload }) => stateless.push(payload),
    onAuthenticationFailed: ({ reason }) => denied.push(reason),
  });
  provider.attach();
  path.onStop(() => provider.destroy());
  const text = document.getText("t");
  return {
    provider,
    document,
    text,
    closes,
    stateless,
    denied,
    socket: websocketProvider,
    type: (words: string) => text.insert(text.length, words),
    isSaved: () => provider.synced && !provider.hasUnsyncedChanges,
  };
}

/** A bare socket and the frames that arrive on it, as hex. */
async function raw() {
  const socket = new WebSocket(`${path.url}/ws/hocuspocus`);
  path.onStop(() => socket.terminate());
  const frames: string[] = [];
  socket.on("message", (data: Buffer) => frames.push(toHex(data)));
  const closed = new Promise<number>((resolve) => socket.once("close", resolve));
  await new Promise((resolve) => socket.once("open", resolve));
  return { socket, frames, closed, send: (hex: string) => socket.send(fromHex(hex.replaceAll(" ", ""))) };
}

const string = (value: string) => toHex(encoding.encode((encoder) => encoding.writeVarString(encoder, value)));
const D1 = string("d1");
const authenticate = (token: string) => `${D1} 02 00 ${string(token)} ${string("4.7.0")}`;
const bytes = (...parts: string[]) => parts.join("").replaceAll(" ", "");

test("[P1] two HocuspocusProviders converge, and one that was offline brings its edits to the open one", async () => {
  await path.startWorker("w1");
  const [ana, ben] = [join("d1", "ana"), join("d1", "ben")];
  ana.type("hello ");
  await vi.waitFor(() => expect(ben.text.toString()).toBe("hello "));
  ben.socket.disconnect();
  await vi.waitFor(() => expect(ben.socket.status).toBe("disconnected"));
  ben.type("from the train");
  ana.type("there ");
  await ben.socket.connect();
  await vi.waitFor(() => {
    expect(ana.text.toString()).toBe(ben.text.toString());
    expect(ana.text.toString()).toContain("from the train");
  });
  await vi.waitFor(() => expect([ana.isSaved(), ben.isSaved()]).toEqual([true, true]));
});

test("[P2] [H3] hasUnsyncedChanges falls to false only after the commit", async () => {
  await path.startWorker("w1");
  const [ana, ben] = [join("d1", "ana"), join("d1", "ben")];
  await vi.waitFor(() => expect([ana.isSaved(), ben.isSaved()]).toEqual([true, true]));
  const release = hold();
  ana.type("a");
  ana.type("b");
  await vi.waitFor(() => expect(ben.text.toString()).toBe("ab"));
  // Ben's edit goes all the way to Ana and back, and is not saved either.
  ben.type("c");
  await vi.waitFor(() => expect(ana.text.toString()).toBe("abc"));
  expect([ana.provider.unsyncedChanges, ben.provider.unsyncedChanges]).toEqual([2, 1]);
  release();
  await vi.waitFor(() => expect([ana.isSaved(), ben.isSaved()]).toEqual([true, true]));
  const stored = await storage.load("tiptap.d1");
  const fresh = new Y.Doc();
  for (const update of stored?.updates ?? []) Y.applyUpdate(fresh, update);
  expect(fresh.getText("t").toString()).toBe("abc");
});

test("[P2] [H3] a worker that is replaced confirms no edit twice: what is not committed stays unsynced", async () => {
  const first = await path.startWorker("w1");
  const ana = join("d1", "ana");
  await vi.waitFor(() => expect(ana.isSaved()).toBe(true));
  await first.stop();
  const release = hold();
  ana.type("while nobody works");
  await path.startWorker("w2");
  const ben = join("d1", "ben");
  await vi.waitFor(() => expect(ben.text.toString()).toBe("while nobody works"));
  expect(ana.provider.unsyncedChanges).toBe(1);
  release();
  await vi.waitFor(() => expect(ana.isSaved()).toBe(true));
});

test("several documents share one socket, also twice the same one, and let go of one by one", async () => {
  await path.startWorker("w1");
  const socket = openSocket();
  const [one, two, again] = [
    join("d1", "ana", socket, true),
    join("d2", "ana", socket),
    join("d1", "ana", socket, true),
  ];
  const ben = join("d1", "ben");
  one.type("first");
  two.type("second");
  await vi.waitFor(() => {
    expect([again.text.toString(), ben.text.toString()]).toEqual(["first", "first"]);
    expect(two.text.toString()).toBe("second");
    expect(path.consumers.size).toBe(4);
  });
  expect(path.sockets.size).toBe(2);
  one.provider.detach();
  await vi.waitFor(() => expect(path.consumers.size).toBe(3));
  ben.type(" and more");
  await vi.waitFor(() => expect(again.text.toString()).toBe("first and more"));
  expect(one.text.toString()).toBe("first");
  one.provider.attach();
  await vi.waitFor(() => expect(one.text.toString()).toBe("first and more"));
});

test("[P6] a reader is told so, sees everything, changes nothing, and none of its edits counts as stored", async () => {
  await path.startWorker("w1");
  const [ana, eve] = [join("d1", "ana"), join("d1", "eve:readonly")];
  await vi.waitFor(() => expect(eve.provider.authorizedScope).toBe("readonly"));
  await vi.waitFor(() => expect(eve.isSaved()).toBe(true));
  ana.type("read me");
  await vi.waitFor(() => expect(eve.text.toString()).toBe("read me"));
  eve.type(" and this");
  ana.type(".");
  await vi.waitFor(() => expect(eve.text.toString()).toContain("."));
  expect(ana.text.toString()).toBe("read me.");
  expect(eve.isSaved()).toBe(false);
});

test("[P7] others see who somebody is by the session, and that they left at once", async () => {
  await path.startWorker("w1");
  const [ana, ben] = [join("d1", "ana"), join("d1", "ben")];
  ana.provider.setAwarenessField("user", { name: "The Director", color: "#000000" });
  const seen = () => ben.provider.awareness?.getStates().get(ana.document.clientID)?.user;
  await vi.waitFor(() => expect(seen()).toEqual({ id: "u-ana", name: "ana", color: PEOPLE_COLORS[3], hue: 3 }));
  ana.provider.detach();
  await vi.waitFor(() => expect(seen()).toBeUndefined());
});

test("[H4] a refusal says why and leaves the other documents of the socket alone", async () => {
  await path.startWorker("w1");
  const socket = openSocket();
  const [secret, open, nobody] = [join("private", "ana", socket), join("d1", "ana", socket), join("d1", "")];
  await vi.waitFor(() => {
    expect(secret.denied).toEqual(["4403 private"]);
    expect(nobody.denied).toEqual(["4401 not signed in"]);
    expect(open.provider.synced).toBe(true);
  });
  secret.type("psst");
  expect(path.consumers.size).toBe(1);
});

test("[P8] [H4] losing access closes the document, not the socket; a restart closes the socket, and the client comes back", async () => {
  await path.startWorker("w1");
  const socket = openSocket();
  const [one, two] = [join("d1", "ana", socket), join("d2", "ana", socket)];
  await vi.waitFor(() => expect([one.provider.synced, two.provider.synced]).toEqual([true, true]));
  for (const consumer of [...path.consumers.all()]) {
    if (consumer.admission.room === "tiptap.d1") consumer.close(CLOSE.noDocument, "in the trash");
  }
  await vi.waitFor(() => expect(one.closes).toEqual(["1000 4404 in the trash"]));
  expect(two.closes).toEqual([]);
  path.consumers.closeAll("the server is stopping");
  await vi.waitFor(() => expect(two.closes).toEqual(["1012 the server is stopping"]));
  two.type("back");
  await vi.waitFor(() => expect(two.isSaved()).toBe(true));
});

test("stateless messages are answered, and what the pages hear of a document arrives as one", async () => {
  await path.startWorker("w1");
  const ana = join("d1", "ana");
  await vi.waitFor(() => expect(ana.provider.synced).toBe(true));
  ana.provider.sendStateless("hi");
  await path.layer.announce({
    type: "notice",
    room: "tiptap.d1",
    notice: { kind: "renamed", title: "New", by: "Ben" },
  });
  await vi.waitFor(() => expect(ana.stateless).toContain('{"kind":"renamed","title":"New","by":"Ben"}'));
  expect(ana.stateless).toContain("ana said hi");
});

test("[H2] bytes: authentication, step 1 answered by step 1 and step 2, an edit and its receipt, ping", async () => {
  await path.startWorker("w1");
  const client = await raw();
  client.send(authenticate("ana"));
  await vi.waitFor(() => expect(client.frames).toEqual([bytes(D1, "02 02", string("read-write"))]));
  client.frames.length = 0;
  client.send(`${D1} 00 00 01 00`);
  await vi.waitFor(() => expect(client.frames).toEqual([bytes(D1, "00 00 01 00"), bytes(D1, "00 01 02 00 00")]));
  client.frames.length = 0;
  client.send(`${D1} 00 01 02 00 00`);
  await vi.waitFor(() => expect(client.frames).toEqual([bytes(D1, "08 01")]));
  client.frames.length = 0;
  const update = "01 01 e9 db 9a 90 01 00 04 01 04 74 65 73 74 06 68 65 6c 6c 6f 20 00";
  client.send(`${D1} 00 02 17 ${update}`);
  await vi.waitFor(() => expect(client.frames).toEqual([bytes(D1, "00 02 17", update), bytes(D1, "08 01")]));
  client.frames.length = 0;
  client.send("09");
  await vi.waitFor(() => expect(client.frames).toEqual(["0a"]));
  client.frames.length = 0;
  client.send(`${D1} 01 01 00`);
  await vi.waitFor(() => expect(client.frames).toEqual([bytes(D1, "01 01 00")]));
});

test("bytes: replies repeat the client's whole address; a refused edit is said to be refused", async () => {
  await path.startWorker("w1");
  const client = await raw();
  const address = string("d1\0abc");
  client.send(`${address} 02 00 ${string("eve:readonly")}`);
  client.send(`${address} 00 02 02 00 00`);
  await vi.waitFor(() =>
    expect(client.frames).toEqual([bytes(address, "02 02", string("readonly")), bytes(address, "08 00")]),
  );
});

test("[H1] frames wait for the authentication, within a bound", async () => {
  await path.startWorker("w1");
  const patient = await raw();
  patient.send(`${D1} 00 00 01 00`);
  patient.send(authenticate("ana"));
  await vi.waitFor(() =>
    expect(patient.frames).toEqual([
      bytes(D1, "02 02", string("read-write")),
      bytes(D1, "00 00 01 00"),
      bytes(D1, "00 01 02 00 00"),
    ]),
  );
  const pushy = await raw();
  for (let n = 0; n <= LIMITS.unauthenticatedFrames; n++) pushy.send(`${D1} 00 00 01 00`);
  expect(await pushy.closed).toBe(CLOSE.tooFast);
  expect(patient.socket.readyState).toBe(WebSocket.OPEN);
});

test.each([
  ["no address", "05 61"],
  ["a truncated token", `${D1} 02 00 ff 01`],
  ["a sync message of no known kind", `${D1} 00 07 00`],
])("[P9] %s closes the socket with 4400", async (_, hex) => {
  const client = await raw();
  client.send(hex);
  expect(await client.closed).toBe(CLOSE.protocolViolation);
});

test("[P9] [H5] a client that broadcasts by itself loses that document, one with too many documents its socket", async () => {
  await path.startWorker("w1");
  const loud = await raw();
  loud.send(authenticate("ana"));
  loud.send(`${D1} 06 ${string("all hear")}`);
  await vi.waitFor(() => expect(loud.frames.at(-1)).toBe(bytes(D1, "07", string("4400 a client may not broadcast"))));
  expect(path.consumers.size).toBe(0);
  for (let n = 0; n < LIMITS.documentsPerSocket; n++) loud.send(`${string(`x${n}`)} 03`);
  expect(await loud.closed).toBe(CLOSE.tooFast);
});
