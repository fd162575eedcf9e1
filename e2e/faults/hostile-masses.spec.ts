// Too large, too many, too deep, and the largest that is let in: what it costs those who send it, and nobody next door.
// Single bad frames are in hostile.spec.ts.
import { expect, test } from "@playwright/test";
import * as encoding from "lib0/encoding";
import WebSocket from "ws";
import * as Y from "yjs";
import { encodeStep1, encodeUpdate } from "#lib/frames.ts";
import { CLOSE, LIMITS } from "#lib/protocol.ts";
import type { Overview } from "#lib/reports.ts";
import { cookieHeader } from "../people.ts";
import { connectRaw } from "../raw-client.ts";
import { rounds } from "./random.ts";
import { CHEAP, DEAR, type Intruder, Siege } from "./siege.ts";

/** ms more that an edit next door may take while the worker applies an update as large as may be. */
const LARGE = 4_000;
/** ms more that it may take while hundreds a second come in: each is a handshake and two questions to the database. */
const CROWDED = 2_000;
const STRANGERS = 3_000 * rounds;
const VISITS = 1_000 * rounds;

let siege: Siege;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  siege = await Siege.start();
});
test.afterAll(() => siege?.stop());

/** An update of so many clients with so many structs each, all of them about what is deleted already. */
function updateOf(clients: number, structs: number): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, clients);
    for (let client = clients; client > 0; client--) {
      for (const number of [structs, client, 0]) encoding.writeVarUint(encoder, number);
      for (let n = 0; n < structs; n++) encoding.writeUint8Array(encoder, Uint8Array.of(0, 1));
    }
    encoding.writeVarUint(encoder, 0);
  });
}

function vectorOf(clients: number, entries = clients): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, clients);
    for (let client = 1; client <= entries; client++) {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, 1);
    }
  });
}

const { tooLarge } = CLOSE;
const refused: [string, number, () => Uint8Array, allowance: number][] = [
  ["a frame of 100 MB", 1009, () => new Uint8Array(100 * 1024 * 1024), DEAR],
  ["a frame above the limit", tooLarge, () => new Uint8Array(LIMITS.frameBytes + 1), DEAR],
  ["an update of too many parts", tooLarge, () => encodeUpdate(updateOf(1, LIMITS.updateParts + 1)), CHEAP],
  ["an update of too many clients", tooLarge, () => encodeUpdate(updateOf(LIMITS.updateClients + 1, 1)), CHEAP],
  ["a giant state vector", tooLarge, () => encodeStep1(vectorOf(LIMITS.vectorClients + 1, 1_000)), CHEAP],
];
for (const [name, code, frame, allowance] of refused) {
  test(`[P5] [P9] ${name} costs its connection`, async () => {
    const bytes = frame();
    const attack = async () => {
      const intruder = await siege.attack();
      intruder.send(bytes);
      await siege.costs(code, intruder, name);
    };
    await siege.isUnnoticed(name, attack, allowance);
  });
}

const text = (length: number) => {
  const doc = new Y.Doc();
  doc.getText("large").insert(0, "x".repeat(length));
  return Y.encodeStateAsUpdate(doc);
};
const isAnswered = ({ said }: Intruder) => said.some(({ type }) => type === "step2");
const isSaved = ({ said }: Intruder) => said.some((message) => message.type === "saved" && message.sequence === 1);
const largest: [string, () => Uint8Array, (intruder: Intruder) => boolean][] = [
  ["the largest frame", () => encodeUpdate(text(LIMITS.frameBytes - 100)), isSaved],
  ["the update of most parts", () => encodeUpdate(updateOf(1, LIMITS.updateParts - 1)), isSaved],
  ["the update of most clients", () => encodeUpdate(updateOf(LIMITS.updateClients - 1, 1)), isSaved],
  ["the largest state vector", () => encodeStep1(vectorOf(LIMITS.vectorClients - 1)), isAnswered],
];
for (const [name, frame, isTaken] of largest) {
  test(`[P5] ${name} that is let in is taken`, async () => {
    const bytes = frame();
    const documentId = await siege.newDocument(name);
    await siege.isUnnoticed(
      `${name}, ${bytes.length} bytes`,
      async () => {
        const guest = await siege.attack("y-websocket", "?yroom=1", documentId);
        guest.send(bytes);
        await expect.poll(() => isTaken(guest), { timeout: 20_000, intervals: [20] }).toBe(true);
        expect(guest.code()).toBeNull();
        guest.end();
      },
      LARGE,
    );
  });
}

test("[P9] ten thousand tiny messages a second cost their connection", async () => {
  const attack = async () => {
    const fast = await siege.attack();
    // Of a type that nobody knows: who asks for answers so often is closed for that, and may be before it is too fast.
    const burst = Array.from({ length: 10_000 }, () => Uint8Array.of(4));
    fast.send(...burst);
    await siege.costs(CLOSE.tooFast, fast, "10,000 tiny messages");
  };
  await siege.isUnnoticed("10,000 tiny messages a second", attack, DEAR);
});

test("[P5] ten thousand levels: a document is taken and given out, and its export is an error, not a crash", async () => {
  const deep = new Y.Doc();
  deep.transact(() => {
    let inner = new Y.XmlElement("blockquote");
    deep.getXmlFragment("prosemirror").push([inner]);
    for (let level = 0; level < 10_000; level++) {
      const next = new Y.XmlElement("blockquote");
      inner.push([next]);
      inner = next;
    }
  });
  const documentId = await siege.newDocument("Deep");
  await siege.isUnnoticed(
    "10,000 levels",
    async () => {
      const diver = await siege.attack("y-websocket", "?yroom=1", documentId);
      diver.send(encodeUpdate(Y.encodeStateAsUpdate(deep)));
      await expect.poll(() => isSaved(diver)).toBe(true);
      const reader = connectRaw(siege.stack.url, documentId, siege.cookies("ben"));
      await reader.synced();
      expect(reader.doc.getXmlFragment("prosemirror").length).toBe(1);
      for (const format of ["html", "markdown", "text", "json", "xml", "docx"]) {
        const response = await siege.fetch("ana", `/api/documents/${documentId}/export?format=${format}`);
        expect(response.status, format).toBeGreaterThanOrEqual(400);
      }
      reader.close();
      diver.end();
    },
    LARGE,
  );
});

/** Opens so many sockets, a hundred at a time, and does something with each; resolves when all are closed. */
async function crowd(many: number, headers: Record<string, string>, onOpen: (socket: WebSocket) => void) {
  const codes = new Map<number, number>();
  const address = `${siege.stack.url.replace(/^http/, "ws")}/ws/prosemirror/${siege.target}`;
  const visit = () =>
    new Promise<void>((resolve) => {
      const socket = new WebSocket(address, { headers: { origin: siege.stack.url, ...headers } });
      socket.on("error", () => {});
      socket.on("open", () => onOpen(socket));
      socket.on("close", (code) => {
        codes.set(code, (codes.get(code) ?? 0) + 1);
        resolve();
      });
    });
  let left = many;
  const visitor = async () => {
    while (left-- > 0) await visit();
  };
  await Promise.all(Array.from({ length: 100 }, visitor));
  return codes;
}

/** Who the owner of the document's room says is in it. */
async function connectionsOf(documentId: string): Promise<string[]> {
  const { rooms } = (await (await siege.fetch("admin", "/api/admin/rooms")).json()) as Overview;
  const room = rooms.find(({ name }) => name === `prosemirror.${documentId}`);
  return room?.connections.map(({ user }) => user.name) ?? [];
}

test(`[P9] ${STRANGERS} strangers are turned away`, async () => {
  test.setTimeout(60_000 * (1 + rounds));
  const since = siege.marks();
  await siege.isUnnoticed(
    `${STRANGERS} strangers`,
    async () => {
      const codes = await crowd(STRANGERS, {}, () => {});
      expect([...codes]).toEqual([[CLOSE.signedOut, STRANGERS]]);
    },
    CROWDED,
  );
  expect(siege.lines(since).some(({ code, path }) => code === CLOSE.signedOut && path)).toBe(true);
});

test(`[P9] somebody who comes and goes ${VISITS} times leaves nothing behind`, async () => {
  test.setTimeout(60_000 * (1 + rounds));
  await siege.isUnnoticed(
    `${VISITS} connects and closes`,
    async () => {
      const headers = { cookie: cookieHeader(siege.cookies("ana")) };
      const codes = await crowd(VISITS, headers, (socket) => socket.terminate());
      expect([...codes]).toEqual([[1006, VISITS]]);
    },
    CROWDED,
  );
  await expect.poll(() => connectionsOf(siege.target), { timeout: 20_000 }).toEqual([]);
});

test("[P9] one person has only so many connections, and the others none the less", async () => {
  test.setTimeout(180_000);
  await siege.isUnnoticed(
    "one person and all their connections",
    async () => {
      const intruders: Intruder[] = [];
      while (intruders.length < LIMITS.connectionsPerPerson + 50) {
        intruders.push(...(await Promise.all(Array.from({ length: 50 }, () => siege.attack()))));
      }
      const refused = () => intruders.filter((intruder) => intruder.code() === CLOSE.tooFast).length;
      await expect.poll(refused).toBe(50);
      const ben = connectRaw(siege.stack.url, siege.target, siege.cookies("ben"));
      await ben.synced();
      ben.close();
      for (const intruder of intruders) intruder.end();
    },
    CROWDED,
  );
});

test("[P9] whoever comes once too often is named in a log line", async () => {
  const since = siege.marks();
  const intruders: Intruder[] = [];
  while (intruders.length < LIMITS.connectionsPerPerson + 50) {
    intruders.push(...(await Promise.all(Array.from({ length: 50 }, () => siege.attack()))));
  }
  const isNamed = () => siege.lines(since).some(({ code, user }) => code === CLOSE.tooFast && user);
  await expect.poll(isNamed).toBe(true);
  for (const intruder of intruders) intruder.end();
});

test("[P5] [P9] two who send as much as they may at once throw nobody else out", async () => {
  const page = encodeUpdate(text(LIMITS.frameBytes - 100));
  await siege.isUnnoticed(
    "two bursts of 64 MiB",
    async () => {
      const intruders = await Promise.all([siege.attack(), siege.attack()]);
      for (const { send } of intruders) send(...Array.from({ length: 7 }, () => page));
      const isWritten = () => intruders.every(({ socket }) => socket.bufferedAmount === 0);
      await expect.poll(isWritten, { timeout: 30_000 }).toBe(true);
      for (const intruder of intruders) intruder.end();
    },
    LARGE,
  );
});

test("[P5] two hundred thousand holes in one text do not stop the rooms next door", async () => {
  test.setTimeout(180_000);
  const doc = new Y.Doc();
  doc.getText("t").insert(0, "x".repeat(LIMITS.updateParts * 3));
  const whole = Y.encodeStateAsUpdate(doc);
  const holes = encoding.encode((encoder) => {
    for (const number of [0, 1, doc.clientID, LIMITS.updateParts - 1]) encoding.writeVarUint(encoder, number);
    for (let n = 0; n < LIMITS.updateParts - 1; n++) {
      encoding.writeVarUint(encoder, 2 * n);
      encoding.writeVarUint(encoder, 1);
    }
  });
  const documentId = await siege.newDocument("Holes");
  await siege.isUnnoticed(
    "200,000 holes",
    async () => {
      const intruder = await siege.attack("y-websocket", "?yroom=1", documentId);
      intruder.send(encodeUpdate(whole), encodeUpdate(holes));
      const isTaken = () => intruder.said.some((m) => m.type === "saved" && m.sequence === 2);
      await expect.poll(() => intruder.code() !== null || isTaken(), { timeout: 120_000 }).toBe(true);
      // Yjs needs 4 s for them on a machine of today, and 1.5 s are given: they are stopped, and refused as too large. One
      // that is three times as fast takes them, which is right as well: it is the time that is bounded.
      console.log(`200,000 holes: ${isTaken() ? "taken" : "refused"}`);
      if (isTaken()) intruder.end();
      else await siege.costs(CLOSE.tooLarge, intruder, "200,000 holes");
    },
    LARGE,
  );
});
