// Clients that mean harm, against a real server and a real worker, through both gates: each costs its own connection,
// with a close code and a line in a log, while two people in another document of the same worker go on as before.
// What is large or many is in hostile-masses.spec.ts.
import { expect, test } from "@playwright/test";
import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import { concat } from "#lib/concat.ts";
import { encodeAwareness, encodeStep1, encodeUpdate } from "#lib/frames.ts";
import { CLOSE, FRAME, LIMITS } from "#lib/protocol.ts";
import { MESSAGE } from "#server/hocuspocus/frames.ts";
import { connectRaw } from "../raw-client.ts";
import { gates, varString } from "./attackers.ts";
import { Siege } from "./siege.ts";

/** ms more that an edit next door may take while pages of 4 MiB go to and fro. */
const PAGES = 3_000;

let siege: Siege;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  siege = await Siege.start();
});
test.afterAll(() => siege?.stop());

const join = (documentId = siege.target) => connectRaw(siege.stack.url, documentId, siege.cookies("ben"));

const bytes = (...numbers: number[]) => Uint8Array.from(numbers);
const varints = (...numbers: number[]) =>
  encoding.encode((encoder) => {
    for (const number of numbers) encoding.writeVarUint(encoder, number);
  });

/** Goes on for so long, and adds nothing, that it is read as Infinity. */
const infinite = [...new Array<number>(146).fill(0x80), 0x7f];

const malformed: [string, Uint8Array][] = [
  ["a sync message that ends after its type", bytes(0)],
  ["a sync message of no known kind", bytes(0, 7, 0)],
  ["a step 1 that is cut off", bytes(0, 0, 200, 1)],
  ["a state vector that is cut off", encodeStep1(varints(3, 1))],
  ["a step 2 that is cut off", bytes(0, 1, 100)],
  ["an update that is cut off", bytes(0, 2, 255, 255, 3)],
  ["an update of noise", encodeUpdate(bytes(1, 2, 3, 4, 5, 6, 7, 8, 9))],
  ["awareness that is cut off", bytes(1, 50, 1)],
  ["awareness that is no JSON", encodeAwareness(bytes(1, 5, 1, 3, 97, 98, 99))],
  ["awareness that is no object", encodeAwareness(bytes(1, 5, 1, 1, 55))],
  ["a number that never ends", new Uint8Array(100).fill(255)],
  ["awareness of an infinite clock", encodeAwareness(bytes(1, 7, ...infinite, 2, 123, 125))],
  ["awareness of an infinite client", encodeAwareness(bytes(1, ...infinite, 1, 2, 123, 125))],
  ["an update of an infinite client", encodeUpdate(bytes(1, 1, ...infinite, 0, 4, 1, 1, 116, 1, 97, 0))],
  ["an infinite deletion", encodeUpdate(bytes(0, 1, 1, 1, 0, ...infinite))],
];

for (const gate of gates) {
  test(`[P5] [P9] malformed and truncated frames of every type cost their own connection (${gate})`, async () => {
    await siege.isUnnoticed(`${malformed.length} malformed frames, ${gate}`, async () => {
      for (const [name, frame] of malformed) {
        const intruder = await siege.attack(gate);
        intruder.send(frame);
        await siege.costs(CLOSE.protocolViolation, intruder, name);
      }
    });
  });

  test(`[P6] an update behind a step 1, in the frame of a reader, is not written (${gate})`, async () => {
    const doc = new Y.Doc();
    doc.getText("hidden").insert(0, "vandalism");
    const writer = join();
    await writer.synced();
    await siege.isUnnoticed(`a hidden update, ${gate}`, async () => {
      const reader = await siege.attack(gate, "?readonly=1");
      reader.send(concat([encodeStep1(bytes(0)), encodeUpdate(Y.encodeStateAsUpdate(doc))]));
      // Its step 1 is answered, so the rest of the frame was judged as well.
      await expect.poll(() => reader.said.some(({ type }) => type === "step2")).toBe(true);
      writer.write(`prose over ${gate} `);
      const fresh = join();
      await expect.poll(() => fresh.text()).toContain(`prose over ${gate}`);
      for (const { doc: theirs } of [writer, fresh]) expect(theirs.getText("hidden").toString()).toBe("");
      // Nor did it cost the reader anything.
      expect(reader.code()).toBeNull();
      fresh.close();
      reader.end();
    });
    writer.close();
  });

  test(`[P7] nobody can speak as another client or under another name (${gate})`, async () => {
    const [victim, other] = [join(), join()];
    await Promise.all([victim.synced(), other.synced()]);
    const seen = (client: number) =>
      other.provider.awareness.getStates().get(client) as { cursor?: number; user?: { name?: string } } | undefined;
    victim.provider.awareness.setLocalStateField("cursor", 1);
    await expect.poll(() => seen(victim.doc.clientID)?.cursor).toBe(1);
    const own = 4711 + gates.indexOf(gate);
    await siege.isUnnoticed(`forged awareness, ${gate}`, async () => {
      const forger = await siege.attack(gate);
      forger.send(
        awareness(victim.doc.clientID, 1_000, '{"cursor":666,"user":{"name":"Ben"}}'),
        awareness(victim.doc.clientID, 2_000, "null"),
        awareness(own, 1, '{"user":{"name":"The Director","id":"root"}}'),
      );
      await expect.poll(() => seen(own)?.user?.name).toMatch(/^Ana/);
      expect(seen(victim.doc.clientID)?.cursor).toBe(1);
      expect(seen(victim.doc.clientID)?.user?.name).toMatch(/^Ben/);
      forger.end();
    });
    for (const client of [victim, other]) client.close();
  });

  test(`[R5] what only a server says is passed over when a client says it (${gate})`, async () => {
    const witness = join();
    await witness.synced();
    await siege.isUnnoticed(`what only a server says, ${gate}`, async () => {
      const liar = await siege.attack(gate);
      liar.send(varints(FRAME.saved, 1_000_000), concat([varints(FRAME.notice), varString('{"kind":"trashed"}')]));
      const doc = new Y.Doc();
      doc.getText(`still ${gate}`).insert(0, "here");
      liar.send(encodeUpdate(Y.encodeStateAsUpdate(doc)));
      await expect.poll(() => witness.doc.getText(`still ${gate}`).toString()).toBe("here");
      expect(liar.code()).toBeNull();
      liar.end();
    });
    witness.close();
  });

  test(`[P5] [P9] updates that wait for ever: the connection starts over, the room stays small (${gate})`, async () => {
    await siege.isUnnoticed(`updates that wait for ever, ${gate}`, async () => {
      const intruder = await siege.attack(gate);
      const doc = new Y.Doc();
      doc.getText("t").insert(0, "never sent");
      doc.on("update", (update: Uint8Array) => intruder.send(encodeUpdate(update)));
      const asked = () => intruder.said.filter(({ type }) => type === "step1").length;
      for (let n = 0; n < 30 && intruder.code() === null; n++) {
        const before = asked();
        doc.getText("t").insert(0, "x".repeat(LIMITS.waitingBytes / 10));
        // Each of them is answered by a question for what is missing, the last one by the end.
        await expect.poll(() => asked() > before || intruder.code() !== null, { intervals: [10] }).toBe(true);
      }
      await siege.costs(CLOSE.fellBehind, intruder, "edits that build on one that never comes");
    });
  });
}

const inAddress = (...message: Uint8Array[]) => concat([varString(`prosemirror.${siege.target}`), ...message]);
const framed: [string, () => Uint8Array][] = [
  ["an address that is cut off", () => bytes(5, 97)],
  ["an address and nothing else", () => inAddress()],
  ["a token that is cut off", () => inAddress(bytes(MESSAGE.auth, 0, 255, 1))],
  ["a stateless message that is cut off", () => inAddress(bytes(MESSAGE.stateless, 100, 97))],
];
test("[P5] [P9] a frame of Hocuspocus that cannot be read costs its socket", async () => {
  await siege.isUnnoticed(`${framed.length} malformed Hocuspocus frames`, async () => {
    for (const [name, frame] of framed) {
      const intruder = await siege.attack("Hocuspocus");
      intruder.sendRaw(frame());
      await siege.costs(CLOSE.protocolViolation, intruder, name);
    }
  });
});

test("[P9] whoever does not read is cut, the others go on", async () => {
  test.setTimeout(120_000);
  const documentId = await siege.newDocument("Slow reader");
  const [writer, reader] = [join(documentId), join(documentId)];
  await Promise.all([writer.synced(), reader.synced()]);
  const attack = async () => {
    const sleepy = await siege.attack("y-websocket", "", documentId);
    sleepy.socket.pause();
    const isCut = () =>
      siege.lines(sleepy.since).some(({ code, room }) => code === CLOSE.fellBehind && room === sleepy.room);
    const text = writer.doc.getText("pages");
    const page = "x".repeat(LIMITS.frameBytes / 2);
    let pages = 0;
    for (; pages < 15 && !isCut(); pages++) {
      // Somebody who says nothing, not even pong, would be cut for that.
      sleepy.socket.send("awake");
      writer.doc.transact(() => {
        text.delete(0, text.length);
        text.insert(0, `${pages} ${page}`);
      });
      const arrived = () => reader.doc.getText("pages").toString().startsWith(`${pages} x`);
      await expect.poll(arrived, { intervals: [20] }).toBe(true);
    }
    await expect.poll(isCut).toBe(true);
    console.log(`cut after ${pages} pages of ${page.length} bytes`);
    // So many bytes may wait for it; what the system's own buffers hold comes on top.
    expect(pages).toBeGreaterThanOrEqual(LIMITS.sendBuffer / page.length);
    sleepy.socket.resume();
    await expect.poll(sleepy.code).toBe(1006);
  };
  await siege.isUnnoticed("a reader who does not read", attack, PAGES);
  for (const client of [writer, reader]) client.close();
});

const packed: [string, Uint8Array][] = [
  ["questions for the whole document", encodeStep1(bytes(0))],
  ["questions for who is there", bytes(FRAME.queryAwareness)],
];
for (const [name, message] of packed) {
  test(`[P5] [P9] ten thousand ${name} in one frame of a reader cost its connection`, async () => {
    await siege.isUnnoticed(`10,000 ${name} in one frame`, async () => {
      const reader = await siege.attack("y-websocket", "?readonly=1");
      reader.send(concat(Array.from({ length: 10_000 }, () => message)));
      await siege.costs(CLOSE.tooLarge, reader, `10,000 ${name}`);
    });
  });
}

test("[P9] an address longer than any document's costs its socket", async () => {
  const address = varString("x".repeat(1_000_000));
  await siege.isUnnoticed("an address of a million letters", async () => {
    const intruder = await siege.attack("Hocuspocus");
    intruder.sendRaw(concat([address, encodeStep1(bytes(0))]));
    await siege.costs(CLOSE.protocolViolation, intruder, "an address of a million letters");
    // The log is told why, not the address.
    const told = siege.lines(intruder.since).filter(({ msg }) => msg === "protocol violation");
    expect(told).toMatchObject([{ err: { message: "too long an address" } }]);
    expect(JSON.stringify(told).length).toBeLessThan(10_000);
  });
});

test("[P5] [P9] an update that Yjs applies and cannot merge costs its connection, not the worker", async () => {
  await siege.isUnnoticed("an update that cannot be merged", async () => {
    const intruder = await siege.attack();
    // One client in two sections.
    intruder.send(encodeUpdate(bytes(2, 1, 77, 0xe8, 7, 0, 1, 1, 77, 0xd0, 15, 0, 1, 0)));
    const doc = new Y.Doc();
    doc.getText("good").insert(0, "beside it");
    intruder.send(encodeUpdate(Y.encodeStateAsUpdate(doc)));
    await siege.costs(CLOSE.fellBehind, intruder, "an update that cannot be merged");
  });
});

function awareness(client: number, clock: number, json: string): Uint8Array {
  return encodeAwareness(concat([varints(1, client, clock), varString(json)]));
}
