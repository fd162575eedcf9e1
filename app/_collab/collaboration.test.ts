// What a page says and does about its connection and its local copy. The browser around it is fake.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { Collaboration } from "#app/_collab/collaboration.ts";
import { FakeIndexedDB, FakeKeyRange } from "#app/_collab/fake-indexed-db.test-helper.ts";
import { EMPTY_STEP1, EMPTY_STEP2, FakeSocket } from "#app/_collab/fake-server.test-helper.ts";
import { hasUnsentCopies } from "#app/_collab/local-store.ts";
import { encodeSaved } from "#lib/frames.ts";
import { CLOSE } from "#lib/protocol.ts";

let database: FakeIndexedDB;
let sockets: FakeSocket[];
const pages: Collaboration[] = [];

beforeEach(() => {
  database = new FakeIndexedDB();
  sockets = [];
  class BrowserSocket extends FakeSocket {
    constructor() {
      super();
      sockets.push(this);
    }
  }
  vi.stubGlobal("indexedDB", database);
  vi.stubGlobal("IDBKeyRange", FakeKeyRange);
  vi.stubGlobal("WebSocket", BrowserSocket);
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "visible" }));
  vi.stubGlobal("location", { origin: "http://here" });
  vi.stubGlobal("navigator", { onLine: true });
});
afterEach(() => {
  for (const page of pages.splice(0)) page.destroy();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function last(): FakeSocket {
  const socket = sockets.at(-1);
  if (!socket) throw new Error("no socket was made");
  return socket;
}

/** A page that has begun to connect; each has one socket more. */
async function open() {
  const before = sockets.length;
  const page = new Collaboration({ documentId: "d", userId: "ana", onNotice() {} });
  pages.push(page);
  await vi.waitFor(() => expect(sockets.length).toBe(before + 1));
  return { page, socket: last(), text: page.doc.getText("t") };
}

function greet(socket: FakeSocket): void {
  socket.onopen?.();
  socket.receive(EMPTY_STEP1);
  socket.receive(EMPTY_STEP2);
  socket.receive(encodeSaved(3));
}

/** All words that left through this socket. */
function sentBy(socket: FakeSocket): string {
  const doc = new Y.Doc();
  for (const message of socket.messages) {
    if (message.type === "step2" || message.type === "update") Y.applyUpdate(doc, message.update);
  }
  return doc.getText("t").toString();
}

function look(): void {
  document.dispatchEvent(new Event("visibilitychange"));
  window.dispatchEvent(new Event("online"));
}

const final = [CLOSE.signedOut, CLOSE.noAccess, CLOSE.closedByAdmin, CLOSE.tooLarge, CLOSE.tooFast, CLOSE.editorTooOld];

describe("refused", () => {
  test.each(final)("[P8] %d: neither looking at the tab nor a new network connects, or lets write", async (code) => {
    const { page, socket } = await open();
    greet(socket);
    expect(page.getView()).toMatchObject({ editable: true, refused: null });
    socket.onclose?.({ code, reason: "" });
    look();
    expect(sockets.length).toBe(1);
    expect(page.getView()).toMatchObject({ editable: false, refused: {} });
  });

  test("[R10] the button connects; the text can be written in when the server's state is here", async () => {
    const { page, socket } = await open();
    greet(socket);
    socket.onclose?.({ code: CLOSE.closedByAdmin, reason: "" });
    page.retry();
    expect(sockets.length).toBe(2);
    last().onopen?.();
    expect(page.getView()).toMatchObject({ editable: false, refused: { reason: "closedByAdmin" } });
    last().onclose?.({ code: CLOSE.signedOut, reason: "" });
    expect(page.getView()).toMatchObject({ editable: false, refused: { reason: "signedOut" } });
    page.retry();
    greet(last());
    expect(page.getView()).toMatchObject({ editable: true, refused: null });
  });

  test("a lost connection does come back when somebody looks", async () => {
    const { socket } = await open();
    greet(socket);
    socket.onclose?.({ code: 1006, reason: "" });
    look();
    expect(sockets.length).toBe(2);
  });
});

describe("another tab's unsent words", () => {
  /** Two tabs whose connections are lost; the second writes. */
  async function twoInTheTunnel() {
    const [quiet, writer] = [await open(), await open()];
    for (const { socket } of [quiet, writer]) greet(socket);
    await database.idle();
    for (const { socket } of [quiet, writer]) socket.onclose?.({ code: 1006, reason: "" });
    writer.text.insert(0, "written in the tunnel");
    await database.idle();
    expect(writer.page.getView().save.label).toBe("kept");
    return { quiet, writer };
  }

  test("stay on the device when a tab without any hears that the document is in the trash", async () => {
    const { quiet, writer } = await twoInTheTunnel();
    quiet.page.retry();
    last().onopen?.();
    last().onclose?.({ code: CLOSE.noDocument, reason: "" });
    await database.idle();
    expect(writer.page.getView().save.label).toBe("kept");
    writer.page.destroy();
    expect((await open()).text.toString()).toBe("written in the tunnel");
  });

  test("[P8] are forgotten when the person may not read the document any more", async () => {
    const { quiet, writer } = await twoInTheTunnel();
    quiet.page.retry();
    last().onopen?.();
    last().onclose?.({ code: CLOSE.noAccess, reason: "" });
    await database.idle();
    writer.page.destroy();
    expect((await open()).text.toString()).toBe("");
  });

  test("[P2] are sent by the tab that stays open, which says Saved only after that", async () => {
    const { quiet, writer } = await twoInTheTunnel();
    writer.page.destroy();
    quiet.page.retry();
    const socket = last();
    greet(socket);
    await vi.waitFor(() => expect(sentBy(socket)).toBe("written in the tunnel"));
    expect(quiet.page.getView().save.label).toBe("saving");
    expect(await hasUnsentCopies()).toBe(true);
    socket.receive(encodeSaved(socket.sent.length));
    await vi.waitFor(async () => expect(await hasUnsentCopies()).toBe(false));
  });
});

describe("the local copy", () => {
  test("deleted by a sign-out in another tab: the page no longer says that anything is kept", async () => {
    const { page, socket, text } = await open();
    greet(socket);
    socket.onclose?.({ code: 1006, reason: "" });
    text.insert(0, "here only");
    await database.idle();
    expect(page.getView().save.label).toBe("kept");
    database.deleteDatabase();
    expect(page.getView().save.label).toBe("not-saved");
  });

  test("[P2] nothing is Saved before it is known what the copy holds", async () => {
    vi.useFakeTimers();
    let answer = () => {};
    database.mayOpen = new Promise((resolve) => {
      answer = resolve;
    });
    const page = new Collaboration({ documentId: "d", userId: "ana", onNotice() {} });
    pages.push(page);
    await vi.advanceTimersByTimeAsync(1_500);
    greet(last());
    await vi.advanceTimersByTimeAsync(1_000);
    expect(page.getView()).toMatchObject({ save: { label: "connecting" }, editable: true });
    answer();
    await vi.waitFor(() => expect(page.getView().save.label).toBe("saved"));
  });

  test("a browser that never answers about the copy is one without a copy", async () => {
    vi.useFakeTimers();
    database.mayOpen = new Promise(() => {});
    const page = new Collaboration({ documentId: "d", userId: "ana", onNotice() {} });
    pages.push(page);
    await vi.advanceTimersByTimeAsync(1_500);
    greet(last());
    expect(page.getView().save.label).toBe("connecting");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(page.getView().save.label).toBe("saved");
  });
});
