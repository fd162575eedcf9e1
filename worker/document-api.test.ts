// A document from the app's side: YroomDocument over the channel layer to a worker and its rooms, with people in them.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { type Edit, YroomDocument } from "#lib/document.ts";
import { encodeStep2 } from "#lib/frames.ts";
import { LIMITS } from "#lib/protocol.ts";
import { setRuntime } from "#lib/runtime.ts";
import { replay } from "./testing/replay.ts";
import { Town, type TownClient } from "./testing/town.ts";

const name = "prosemirror.d";
let town: Town;
let document: YroomDocument;
beforeEach(async () => {
  town = new Town();
  await town.start();
  setRuntime({ requests: town.requests } as unknown as Parameters<typeof setRuntime>[0]);
  document = new YroomDocument(name);
});
afterEach(() => town.stop());

const unavailable = expect.objectContaining({ code: "data-unavailable" });

async function storedText(room = name): Promise<string | null> {
  const found = await town.storage.load(room);
  if (!found) return null;
  const doc = new Y.Doc();
  for (const update of [...(found.snapshot ? [found.snapshot] : []), ...found.updates]) Y.applyUpdate(doc, update);
  return doc.getText("t").toString();
}

const write = (text: string) => (doc: Y.Doc) => doc.getText("t").insert(0, text);
const shows = (client: TownClient, text: string) => vi.waitFor(() => expect(client.text).toBe(text));
/** Only rooms that are loaded have an owner's report; a room that was only asked something is gone soon. */
const isSaved = (client: TownClient) => vi.waitFor(() => expect(client.saved).toBe(client.sequence), { interval: 3 });

test("[R14] transact reaches open editors live, keeps what others write, and resolves after the commit", async () => {
  const ana = town.join("ana", name);
  ana.type("world");
  await isSaved(ana);
  await document.transact(write("hello "), { userId: "u-bot" });
  expect(await storedText()).toBe("hello world");
  await shows(ana, "hello world");
});

test("[R14] transact is not answered before its commit", async () => {
  let commit = () => {};
  const allowed = new Promise<void>((resolve) => {
    commit = resolve;
  });
  const append = town.storage.append.bind(town.storage);
  const spy = vi.spyOn(town.storage, "append").mockImplementation(async (rows) => {
    await allowed;
    return append(rows);
  });
  const ended = vi.fn();
  const edit = document.transact(write("slow")).then(ended);
  await vi.waitFor(() => expect(spy).toHaveBeenCalled());
  expect(ended).not.toHaveBeenCalled();
  commit();
  await edit;
  expect(await storedText()).toBe("slow");
});

test("[R14] [P3] an edit outlives the worker that took it: it stays in the log until it is committed", async () => {
  await document.transact(write("before "));
  const append = vi.spyOn(town.storage, "append").mockImplementationOnce(() => new Promise(() => {}));
  const edit = document.transact(write("hello "));
  await vi.waitFor(() => expect(append).toHaveBeenCalled());
  const stop = await replay(town);
  await edit;
  expect(await storedText()).toBe("hello before ");
  await stop();
});

test("[R15] [P3] a deletion outlives the worker that took it", async () => {
  await document.transact(write("to be forgotten"));
  const remove = vi.spyOn(town.storage, "delete").mockImplementationOnce(() => new Promise(() => {}));
  const deletion = document.delete();
  await vi.waitFor(() => expect(remove).toHaveBeenCalled());
  const stop = await replay(town);
  await deletion;
  expect(await town.storage.load(name)).toBeNull();
  await stop();
});

test("[R14] the author of an edit is the given user, or the server", async () => {
  const spy = vi.spyOn(town.storage, "append");
  await document.transact(write("a"), { userId: "u-ana" });
  await document.transact(write("b"));
  expect(spy.mock.calls.flatMap(([rows]) => rows.map((row) => row.authors))).toEqual([["u-ana"], ["server"]]);
});

test("[R14] an edit that changes nothing asks for nothing, one that fails changes nothing", async () => {
  await document.transact(write("as it was"));
  const spy = vi.spyOn(town.storage, "append");
  await document.transact(() => {});
  const failing: Edit = (doc) => {
    write("half of it")(doc);
    throw new Error("the caller's own");
  };
  await expect(document.transact(failing)).rejects.toThrow("the caller's own");
  expect(await document.exportText("t")).toBe("as it was");
  expect(spy).not.toHaveBeenCalled();
});

test("[R8] every request works on a room that nobody has open, and leaves it unloaded", async () => {
  await document.transact(write("quiet"));
  const load = vi.spyOn(town.storage, "load");
  await vi.waitFor(async () => {
    const before = load.mock.calls.length;
    expect(await document.exportText("t")).toBe("quiet");
    // It was loaded for this question, so it had been let go of after the one before.
    expect(load.mock.calls.length).toBe(before + 1);
  });
});

test("[R14] replace empties every shared type and fills it anew, live", async () => {
  const ana = town.join("ana", name);
  ana.type("old text");
  ana.doc.getMap("meta").set("status", "draft");
  ana.doc.getArray("list").insert(0, [1, 2, 3]);
  await isSaved(ana);
  const before = Y.encodeStateVector(ana.doc);
  await document.replace((doc) => {
    doc.getText("t").insert(0, "new text");
    doc.getMap("meta").set("title", "T");
  });
  await shows(ana, "new text");
  expect(ana.doc.getMap("meta").toJSON()).toEqual({ title: "T" });
  expect(ana.doc.getArray("list").toJSON()).toEqual([]);
  expect(await storedText()).toBe("new text");
  // One edit on top of the history, not a new document.
  expect([...Y.decodeStateVector(Y.encodeStateVector(ana.doc)).entries()]).toEqual(
    expect.arrayContaining([...Y.decodeStateVector(before).entries()]),
  );
});

test("[R14] replace brings an older version back, given its update", async () => {
  const ana = town.join("ana", name);
  ana.type("first version");
  await isSaved(ana);
  const first = await document.read();
  ana.type(", much changed");
  await isSaved(ana);
  await document.replace((doc) => Y.applyUpdate(doc, first));
  await shows(ana, "first version");
});

test("[R15] delete closes every connection with 4404, and nothing of the room is left", async () => {
  const ana = town.join("ana", name);
  ana.type("to be forgotten");
  await isSaved(ana);
  await document.delete();
  expect(await town.storage.load(name)).toBeNull();
  await vi.waitFor(() => expect(ana.closed).toBe(4404));
  await expect(document.read()).rejects.toEqual(unavailable);
});

test("[R15] a deleted room does not come back by what its connections still say", async () => {
  const [ana, ben] = [town.join("ana", name), town.join("ben", name)];
  ana.type("first ");
  await shows(ben, "first ");
  ana.type("still under way ");
  const deleting = document.delete();
  ana.type("behind the request ");
  await deleting;
  ben.type("after it");
  ana.connect(true);
  ana.send(encodeStep2(Y.encodeStateAsUpdate(ana.doc)));
  ben.disconnect();
  // Answered in order, so what was said before is judged.
  await expect(document.read()).rejects.toEqual(unavailable);
  await town.layer.drain();
  expect(await town.storage.load(name)).toBeNull();

  const eve = town.join("eve", name);
  eve.type("a new beginning");
  await isSaved(eve);
  expect(await storedText()).toBe("a new beginning");
});

test("[R15] edits, joins and another deletion that wait for a deletion are for the room that comes after it", async () => {
  await document.transact(write("old"));
  let erase = () => {};
  const allowed = new Promise<void>((resolve) => {
    erase = resolve;
  });
  const remove = town.storage.delete.bind(town.storage);
  const spy = vi.spyOn(town.storage, "delete").mockImplementationOnce(async (...args) => {
    await allowed;
    return remove(...args);
  });
  const deleting = document.delete();
  await vi.waitFor(() => expect(spy).toHaveBeenCalled());
  const ana = town.join("ana", name);
  ana.type("new");
  const reading = document.exportText("t");
  erase();
  await deleting;
  expect(await reading).toBe("new");
  await isSaved(ana);
  expect(await storedText()).toBe("new");
  await document.delete();
  expect(await town.storage.load(name)).toBeNull();
});

test("[R15] a deletion waits for the store, and takes back no commit", async () => {
  await document.transact(write("kept until then"));
  vi.spyOn(town.storage, "delete").mockRejectedValueOnce(new Error("away"));
  await document.delete();
  expect(await town.storage.load(name)).toBeNull();
  await new YroomDocument("prosemirror.never").delete();
});

test("[P4] a room that cannot be read is neither edited nor deleted", async () => {
  const fence = { channel: "other", partition: 0, epoch: await town.storage.own("other", 0, "test") };
  const bytes = Uint8Array.of(1, 2, 3, 250, 251);
  await town.storage.append([{ room: name, update: bytes, authors: [], fence }]);
  const unreadable = expect.objectContaining({ code: "unreadable" });
  await expect(document.transact(write("x"))).rejects.toEqual(unreadable);
  await expect(document.delete()).rejects.toEqual(unreadable);
  expect((await town.storage.load(name))?.updates).toEqual([bytes]);
});

test.each<[string, unknown[], Uint8Array | undefined, RegExp]>([
  ["constructor", [], undefined, /no such method: constructor/],
  ["read", ["more"], undefined, /bad request/],
  ["exportText", [], undefined, /bad request/],
  ["exportText", [7], undefined, /bad request/],
  ["exportMap", ["x".repeat(1_001)], undefined, /bad request/],
  ["edit", [], Uint8Array.of(0, 0), /bad request/],
  ["edit", [""], Uint8Array.of(0, 0), /bad request/],
  ["edit", ["u-ana"], Uint8Array.of(1, 2, 3), /bad request/],
  ["edit", ["u-ana"], undefined, /bad request/],
  ["delete", ["now"], undefined, /bad request/],
])("[R8] %s with other arguments than it has is refused", async (method, args, bytes, reason) => {
  const call = town.requests.call(name, method, args, bytes);
  await expect(call).rejects.toMatchObject({ code: "refused", message: expect.stringMatching(reason) });
});

test("[P9] an edit has the size of a frame at most", async () => {
  const large = new Uint8Array(LIMITS.frameBytes + 1);
  await expect(town.requests.call(name, "edit", ["u-ana"], large)).rejects.toMatchObject({ code: "too-large" });
  const edit = document.transact((doc) => doc.getMap("m").set("a", large));
  await expect(edit).rejects.toMatchObject({ code: "too-large" });
});

test("[R8] each of the six exports, of a room that holds something of each kind", async () => {
  await document.transact((doc) => {
    doc.getMap("map").set("a", 1);
    doc.getArray("array").push([1, "two"]);
    doc.getText("text").insert(0, "words");
    doc.getXmlFragment("fragment").push([new Y.XmlElement("paragraph")]);
    const element = doc.get("root", Y.XmlElement) as Y.XmlElement;
    element.setAttribute("k", "v");
    (doc.get("xml", Y.XmlText) as Y.XmlText).insert(0, "more words");
  });
  expect(await document.exportMap("map")).toEqual({ a: 1 });
  expect(await document.exportArray("array")).toEqual([1, "two"]);
  expect(await document.exportText("text")).toBe("words");
  expect(await document.exportXmlFragment("fragment")).toBe("<paragraph></paragraph>");
  expect(await document.exportXmlElement("root")).toBe('<root k="v"></root>');
  expect(await document.exportXmlText("xml")).toBe("more words");
});

test("[R8] a shared type of another kind than asked for is a refusal, and the room goes on", async () => {
  await document.transact((doc) => doc.getMap("m").set("a", 1));
  const ana = town.join("ana", name);
  await expect(document.exportText("m")).rejects.toMatchObject({
    code: "refused",
    message: expect.stringContaining("“m” is no text"),
  });
  expect(await document.exportMap("m")).toEqual({ a: 1 });
  ana.type("still here");
  await isSaved(ana);
});

test("[P5] [R8] what is too deep to be written as text is refused, and the room goes on", async () => {
  const nest = (doc: Y.Doc) => {
    let inner = new Y.XmlElement("quote");
    doc.getXmlFragment("deep").push([inner]);
    for (let level = 0; level < 10_000; level++) {
      const next = new Y.XmlElement("quote");
      inner.push([next]);
      inner = next;
    }
  };
  await document.transact((doc) => doc.transact(() => nest(doc)));
  await expect(document.exportXmlFragment("deep")).rejects.toMatchObject({ code: "refused" });
  await document.transact(write("still here"));
  expect(await document.exportText("t")).toBe("still here");
});
