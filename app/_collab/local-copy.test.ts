// Tabs of one person on one document share a local copy. No server here: a test says what is settled.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { FakeIndexedDB, FakeKeyRange } from "#app/_collab/fake-indexed-db.test-helper.ts";
import { LocalCopy } from "#app/_collab/local-copy.ts";
import { clearLocalCopies, hasUnsentCopies } from "#app/_collab/local-store.ts";

let database: FakeIndexedDB;

beforeEach(() => {
  database = new FakeIndexedDB();
  vi.stubGlobal("indexedDB", database);
  vi.stubGlobal("IDBKeyRange", FakeKeyRange);
});
afterEach(() => vi.unstubAllGlobals());

function open() {
  const doc = new Y.Doc();
  const onChange = vi.fn();
  const isLocal = (origin: unknown) => origin !== "server";
  const copy = new LocalCopy({ documentId: "d", userId: "ana", schemaVersion: 2, doc, isLocal, onChange });
  return { doc, copy, onChange, text: doc.getText("t") };
}

async function tab() {
  const opened = open();
  const loaded = await opened.copy.load();
  await database.idle();
  return { ...opened, loaded };
}

async function type({ text }: { text: Y.Text }, words: string): Promise<void> {
  text.insert(text.length, words);
  await database.idle();
}

describe("unsent edits of several tabs", () => {
  test("what one tab wrote is there for the next, which hears that it is unsent, until it is settled", async () => {
    await type(await tab(), "one");
    const next = await tab();
    expect([next.text.toString(), next.loaded.pending]).toEqual(["one", true]);
    next.copy.markSettled();
    await database.idle();
    expect(await hasUnsentCopies()).toBe(false);
    expect((await tab()).loaded.pending).toBe(false);
  });

  test("a tab that settles says nothing of what another wrote after it looked", async () => {
    const writer = await tab();
    await type(writer, "one");
    const reader = await tab();
    await type(writer, " two");
    reader.copy.markSettled();
    await database.idle();
    expect(await hasUnsentCopies()).toBe(true);
    expect((await tab()).loaded.pending).toBe(true);
  });

  test("a tab that settles, and writes again, is unsent again", async () => {
    const writer = await tab();
    await type(writer, "one");
    writer.copy.markSettled();
    await database.idle();
    expect(await hasUnsentCopies()).toBe(false);
    await type(writer, " two");
    expect(await hasUnsentCopies()).toBe(true);
    writer.copy.markSettled();
    await database.idle();
    expect(await hasUnsentCopies()).toBe(false);
  });

  test("the words of a tab that was closed are taken over by the one that stays open", async () => {
    const [stays, closes] = [await tab(), await tab()];
    await type(closes, "written in the tunnel");
    closes.copy.destroy();
    const heard = vi.fn();
    stays.doc.on("update", (_update, origin) => heard(origin));
    await stays.copy.adopt();
    expect(stays.text.toString()).toBe("written in the tunnel");
    expect(heard).toHaveBeenCalledExactlyOnceWith(stays.copy);
    await stays.copy.adopt();
    expect(heard).toHaveBeenCalledOnce();
    stays.copy.markSettled();
    await database.idle();
    expect(await hasUnsentCopies()).toBe(false);
  });

  test("what a tab has heard from the server already is its author's to settle", async () => {
    const [stays, writes] = [await tab(), await tab()];
    await type(writes, "on its way");
    Y.applyUpdate(stays.doc, Y.encodeStateAsUpdate(writes.doc), "server");
    await stays.copy.adopt();
    stays.copy.markSettled();
    await database.idle();
    expect(await hasUnsentCopies()).toBe(true);
  });
});

describe("clearing", () => {
  test("forgets everything, whichever tab wrote it", async () => {
    const [one, other] = [await tab(), await tab()];
    await type(other, "not to be read any more");
    await one.copy.clear();
    expect(await hasUnsentCopies()).toBe(false);
    expect((await tab()).text.toString()).toBe("");
  });

  test("unless unsent: leaves what another tab has not sent", async () => {
    const [one, other] = [await tab(), await tab()];
    await type(other, "written offline in the other tab");
    await one.copy.clear({ unlessUnsent: true });
    expect([other.copy.idle, other.copy.state]).toEqual([true, "working"]);
    expect((await tab()).text.toString()).toBe("written offline in the other tab");
  });

  test("unless unsent: forgets what is saved", async () => {
    const [one, other] = [await tab(), await tab()];
    await type(other, "saved");
    other.copy.markSettled();
    await one.copy.clear({ unlessUnsent: true });
    expect((await tab()).text.toString()).toBe("");
  });

  test("[P8] also works while the copy is still being read", async () => {
    await type(await tab(), "not to be read any more");
    const early = open();
    void early.copy.load();
    await early.copy.clear();
    expect(early.text.toString()).toBe("");
    expect((await tab()).text.toString()).toBe("");
  });
});

describe("a database that goes away under the page", () => {
  test("deleted by a sign-out in another tab: nothing is kept any more, and the page hears of it", async () => {
    const writer = await tab();
    await type(writer, "kept");
    expect(writer.copy.idle).toBe(true);
    writer.onChange.mockClear();
    await clearLocalCopies();
    expect([writer.copy.state, writer.copy.idle]).toEqual(["failed", false]);
    expect(writer.onChange).toHaveBeenCalled();
    await type(writer, " and more");
    await writer.copy.adopt();
    await writer.copy.clear();
  });

  test("closed by the browser", async () => {
    const writer = await tab();
    writer.onChange.mockClear();
    const connection = database.databases[0];
    if (!connection) throw new Error("nothing was opened");
    connection.closed = true;
    connection.onclose?.();
    expect(writer.copy.state).toBe("failed");
    expect(writer.onChange).toHaveBeenCalledOnce();
  });
});
