// The real HocuspocusProvider over the whole path.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { PEOPLE_COLORS } from "#lib/palette.ts";
import { CLOSE } from "#lib/protocol.ts";
import { type HocuspocusPath, startHocuspocus } from "./testing/hocuspocus-path.ts";

let on: HocuspocusPath;
beforeEach(async () => {
  on = await startHocuspocus();
});
afterEach(() => on.path.stop());

test("[P1] two HocuspocusProviders converge, and one that was offline brings its edits to the open one", async () => {
  await on.path.startWorker("w1");
  const [ana, ben] = [on.join("d1", "ana"), on.join("d1", "ben")];
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
  await on.path.startWorker("w1");
  const [ana, ben] = [on.join("d1", "ana"), on.join("d1", "ben")];
  await vi.waitFor(() => expect([ana.isSaved(), ben.isSaved()]).toEqual([true, true]));
  const release = on.hold();
  ana.type("a");
  ana.type("b");
  await vi.waitFor(() => expect(ben.text.toString()).toBe("ab"));
  // Ben's edit goes all the way to Ana and back, and is not saved either.
  ben.type("c");
  await vi.waitFor(() => expect(ana.text.toString()).toBe("abc"));
  expect([ana.provider.unsyncedChanges, ben.provider.unsyncedChanges]).toEqual([2, 1]);
  release();
  await vi.waitFor(() => expect([ana.isSaved(), ben.isSaved()]).toEqual([true, true]));
  const stored = await on.storage.load("tiptap.d1");
  const fresh = new Y.Doc();
  for (const update of stored?.updates ?? []) Y.applyUpdate(fresh, update);
  expect(fresh.getText("t").toString()).toBe("abc");
});

test("[P2] [H3] a worker that is replaced confirms no edit twice: what is not committed stays unsynced", async () => {
  const first = await on.path.startWorker("w1");
  const ana = on.join("d1", "ana");
  await vi.waitFor(() => expect(ana.isSaved()).toBe(true));
  await first.stop();
  const release = on.hold();
  ana.type("while nobody works");
  await on.path.startWorker("w2");
  const ben = on.join("d1", "ben");
  await vi.waitFor(() => expect(ben.text.toString()).toBe("while nobody works"));
  expect(ana.provider.unsyncedChanges).toBe(1);
  release();
  await vi.waitFor(() => expect(ana.isSaved()).toBe(true));
});

test("several documents share one socket, also twice the same one, and let go of one by one", async () => {
  await on.path.startWorker("w1");
  const socket = on.openSocket();
  const [one, two, again] = [
    on.join("d1", "ana", socket, true),
    on.join("d2", "ana", socket),
    on.join("d1", "ana", socket, true),
  ];
  const ben = on.join("d1", "ben");
  one.type("first");
  two.type("second");
  await vi.waitFor(() => {
    expect([again.text.toString(), ben.text.toString()]).toEqual(["first", "first"]);
    expect(two.text.toString()).toBe("second");
    expect(on.path.consumers.size).toBe(4);
  });
  expect(on.path.sockets.size).toBe(2);
  one.provider.detach();
  await vi.waitFor(() => expect(on.path.consumers.size).toBe(3));
  ben.type(" and more");
  await vi.waitFor(() => expect(again.text.toString()).toBe("first and more"));
  expect(one.text.toString()).toBe("first");
  one.provider.attach();
  await vi.waitFor(() => expect(one.text.toString()).toBe("first and more"));
});

test("[P6] a reader is told so, sees everything, changes nothing, and none of its edits counts as stored", async () => {
  await on.path.startWorker("w1");
  const [ana, eve] = [on.join("d1", "ana"), on.join("d1", "eve:readonly")];
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
  await on.path.startWorker("w1");
  const [ana, ben] = [on.join("d1", "ana"), on.join("d1", "ben")];
  ana.provider.setAwarenessField("user", { name: "The Director", color: "#000000" });
  const seen = () => ben.provider.awareness?.getStates().get(ana.document.clientID)?.user;
  await vi.waitFor(() => expect(seen()).toEqual({ id: "u-ana", name: "ana", color: PEOPLE_COLORS[3], hue: 3 }));
  ana.provider.detach();
  await vi.waitFor(() => expect(seen()).toBeUndefined());
});

test("[H4] a refusal says why and leaves the other documents of the socket alone", async () => {
  await on.path.startWorker("w1");
  const socket = on.openSocket();
  const [secret, open, nobody] = [on.join("private", "ana", socket), on.join("d1", "ana", socket), on.join("d1", "")];
  await vi.waitFor(() => {
    expect(secret.denied).toEqual(["4403 private"]);
    expect(nobody.denied).toEqual(["4401 not signed in"]);
    expect(open.provider.synced).toBe(true);
  });
  secret.type("psst");
  expect(on.path.consumers.size).toBe(1);
});

test("[P8] [H4] losing access closes the document, not the socket; a restart closes the socket, and the client comes back", async () => {
  await on.path.startWorker("w1");
  const socket = on.openSocket();
  const [one, two] = [on.join("d1", "ana", socket), on.join("d2", "ana", socket)];
  await vi.waitFor(() => expect([one.provider.synced, two.provider.synced]).toEqual([true, true]));
  for (const consumer of [...on.path.consumers.all()]) {
    if (consumer.admission.room === "tiptap.d1") consumer.close(CLOSE.noDocument, "in the trash");
  }
  await vi.waitFor(() => expect(one.closes).toEqual(["1000 4404 in the trash"]));
  expect(two.closes).toEqual([]);
  on.path.consumers.closeAll("the server is stopping");
  await vi.waitFor(() => expect(two.closes).toEqual(["1012 the server is stopping"]));
  two.type("back");
  await vi.waitFor(() => expect(two.isSaved()).toBe(true));
});

test("stateless messages are answered, and what the pages hear of a document arrives as one", async () => {
  await on.path.startWorker("w1");
  const ana = on.join("d1", "ana");
  await vi.waitFor(() => expect(ana.provider.synced).toBe(true));
  ana.provider.sendStateless("hi");
  await on.path.layer.announce({
    type: "notice",
    room: "tiptap.d1",
    notice: { kind: "renamed", title: "New", by: "Ben" },
  });
  await vi.waitFor(() => expect(ana.stateless).toContain('{"kind":"renamed","title":"New","by":"Ben"}'));
  expect(ana.stateless).toContain("ana said hi");
});
