// The part of the acceptance suite about who lives, who owns what, and who is where.
import { expect, it, vi } from "vitest";
import type { Member } from "#lib/messages.ts";
import type { ServerLink, WorkerLink } from "./channel-layer.ts";
import type { Backend } from "./contract.ts";
import { TestServer, TestWorker } from "./test-peers.ts";

const ana: Member = { id: "ana", name: "Ana", color: 3 };
const ben: Member = { id: "ben", name: "Ben", color: 4 };

export function describePeople(backend: () => Backend): void {
  it("leases a partition to one worker until it is released", async () => {
    const one = await TestWorker.start(backend().layer(), "w1");
    const two = await TestWorker.start(backend().layer(), "w2");
    expect(await one.link.lease(4)).toBe(true);
    expect(await two.link.lease(4)).toBe(false);
    expect(await two.link.lease(5)).toBe(true);
    await two.link.release(4);
    expect(await two.link.lease(4)).toBe(false);
    await one.link.release(4);
    expect(await two.link.lease(4)).toBe(true);
    expect(await one.link.lease(4)).toBe(false);
  });

  it("lets a lease run out, and not while it is renewed", async () => {
    const one = await TestWorker.start(backend().layer(), "w1");
    const two = await TestWorker.start(backend().layer(), "w2");
    expect(await one.link.lease(4)).toBe(true);
    expect(await one.link.lease(5)).toBe(true);
    // Partition 5 is renewed until partition 4 has run out, and for a while longer.
    await vi.waitFor(
      async () => {
        backend().elapse(backend().leaseTtl / 3);
        expect(await one.link.lease(5)).toBe(true);
        expect(await two.link.lease(4)).toBe(true);
      },
      { timeout: backend().leaseTtl * 3, interval: backend().leaseTtl / 10 },
    );
    expect(await two.link.lease(5)).toBe(false);
    expect(await one.link.lease(4)).toBe(false);
  });

  it("lists the workers of a channel that beat", async () => {
    const two = await TestWorker.start(backend().layer(), "w2");
    const one = await TestWorker.start(backend().layer(), "w1");
    const other = await backend()
      .layer()
      .worker("w3", "another", { onEntries: async () => {}, onGap: () => {} });
    await other.beat();
    await two.link.beat();
    expect(await one.link.beat()).toEqual(["w1", "w2"]);
    await vi.waitFor(
      async () => {
        backend().elapse(backend().leaseTtl / 2);
        expect(await one.link.beat()).toEqual(["w1"]);
      },
      { timeout: backend().leaseTtl * 3 },
    );
    expect(await two.link.beat()).toEqual(["w1", "w2"]);
    expect(await two.link.lease(3)).toBe(true);
    await two.link.leave();
    expect(await one.link.beat()).toEqual(["w1"]);
    // It keeps what it has until it gives it back.
    expect(await one.link.lease(3)).toBe(false);
    await two.link.beat();
    await two.link.close();
    expect(await one.link.beat()).toEqual(["w1"]);
  });

  it("lists the servers that beat, from their start", async () => {
    const one = await TestServer.start(backend().layer(), "s1");
    const two = await TestServer.start(backend().layer(), "s2");
    const worker = await TestWorker.start(backend().layer(), "w1");
    expect(await worker.link.servers()).toEqual(["s1", "s2"]);
    await untilAlone(backend(), one, worker);
    await two.link.beat(new Map());
    expect(await worker.link.servers()).toEqual(["s1", "s2"]);
    await two.link.close();
    expect(await worker.link.servers()).toEqual(["s1"]);
  });

  it("[P1] tells a server that was silent for so long that it counted as gone, when it beats again", async () => {
    const one = await TestServer.start(backend().layer(), "s1");
    const two = await TestServer.start(backend().layer(), "s2");
    const worker = await TestWorker.start(backend().layer(), "w1");
    await untilAlone(backend(), one, worker);
    await two.link.beat(new Map());
    await vi.waitFor(() => expect(two.gaps).toBe(1));
    await two.link.beat(new Map());
    await one.link.beat(new Map());
    expect([one.gaps, two.gaps, worker.gaps]).toEqual([0, 1, 0]);
  });

  it("knows who is in a room over all servers, one entry per user, until the server is gone", async () => {
    const one = await TestServer.start(backend().layer(), "s1");
    const two = await TestServer.start(backend().layer(), "s2");
    await one.link.beat(
      new Map([
        ["a", [ana, ben]],
        ["b", [ben]],
        ["empty", []],
      ]),
    );
    await two.link.beat(
      new Map([
        ["a", [ben]],
        ["c", [ana]],
      ]),
    );
    const layer = backend().layer();
    expect(await layer.presence(["a", "b", "empty", "nowhere", "__proto__"])).toEqual(
      new Map([
        ["a", [ana, ben]],
        ["b", [ben]],
      ]),
    );
    await one.link.beat(new Map([["b", [ana]]]));
    expect(await layer.presence(["a", "b"])).toEqual(
      new Map([
        ["a", [ben]],
        ["b", [ana]],
      ]),
    );
    await vi.waitFor(
      async () => {
        backend().elapse(backend().serverTtl / 2);
        await two.link.beat(new Map([["c", [ana]]]));
        expect(await layer.presence(["b", "c"])).toEqual(new Map([["c", [ana]]]));
      },
      { timeout: backend().serverTtl * 3 },
    );
    await two.link.close();
    expect(await layer.presence(["b", "c"])).toEqual(new Map());
  });

  it("answers a ping", async () => {
    await expect(backend().layer().ping()).resolves.toBeUndefined();
  });
}

/** Time passes until this server, which goes on beating, is the only one that lives. */
function untilAlone(backend: Backend, server: { link: ServerLink }, worker: { link: WorkerLink }): Promise<void> {
  return vi.waitFor(
    async () => {
      backend.elapse(backend.serverTtl / 2);
      await server.link.beat(new Map());
      expect(await worker.link.servers()).toEqual(["s1"]);
    },
    { timeout: backend.serverTtl * 3 },
  );
}
