// The part of the acceptance suite about what workers say to servers.
import { expect, it, vi } from "vitest";
import type { Announcement, ServerMessage } from "#lib/messages.ts";
import type { ChannelLayer } from "./channel-layer.ts";
import type { Backend } from "./contract.ts";
import { plain, room, TestServer, TestWorker } from "./test-peers.ts";

export function describeServers(backend: () => Backend): void {
  it("delivers to one server only, in order", async () => {
    const one = await TestServer.start(backend().layer(), "s1");
    const two = await TestServer.start(backend().layer(), "s2");
    const worker = await TestWorker.start(backend().layer(), "w1");
    const first: ServerMessage[] = [
      { type: "forward", room, to: [1, 2], payloads: [Uint8Array.of(0, 2, 7), new Uint8Array()] },
      { type: "forward", room, to: "all", payloads: [new Uint8Array(5_000_000).fill(7)] },
      {
        type: "forward",
        room,
        to: [4],
        payloads: [Uint8Array.of(1), new Uint8Array()],
        state: { at: 1, id: "é", term: "w1.1", bytes: new Uint8Array(300_000).fill(3) },
      },
      {
        type: "forward",
        room,
        to: [5],
        payloads: [new Uint8Array()],
        state: { at: 0, id: "é", term: null, bytes: null },
      },
      { type: "close", room, to: [3], code: 4403, reason: "no access – é" },
      {
        type: "saved",
        frames: [
          [1, 7],
          [2 ** 40, 300],
        ],
      },
    ];
    const second: ServerMessage[] = [
      { type: "response", request: 5, error: null, body: Uint8Array.of(1, 2) },
      { type: "response", request: 6, error: "data-unavailable", body: new Uint8Array() },
    ];
    worker.link.deliver("s1", first);
    worker.link.deliver("s1", second);
    worker.link.deliver("s2", [{ type: "close", room, to: "all", code: 1012, reason: "" }]);
    worker.link.deliver("nobody", second);
    expect(one.messages).toEqual([]);
    await vi.waitFor(() => expect(one.messages).toHaveLength(8), { timeout: 5000 });
    await vi.waitFor(() => expect(two.messages).toHaveLength(1));
    expect(one.messages.map(plain)).toEqual([...first, ...second].map(plain));
  });

  it("keeps the order whatever the sizes, in one turn and over several", async () => {
    const layer = backend().layer();
    const [one, two] = [await TestServer.start(layer, "s1"), await TestServer.start(layer, "s2")];
    const worker = await TestWorker.start(layer, "w1", "yroom");
    const sizes = [3, 20_000, 7, 300_000, 2_000_000, 16_383, 16_384, 5, 1_100_000, 40_000, 0];
    const body = (size: number) => new Uint8Array(size).fill(size % 251);
    for (let turn = 0; turn < 3; turn++) {
      for (const [at, size] of sizes.entries()) {
        const message = { type: "response", request: turn * 100 + at, error: null, body: body(size) } as const;
        worker.link.deliver("s1", [message]);
        if (size < 1_000_000) worker.link.deliver("s2", [message]);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    const seen = ({ messages }: TestServer) =>
      messages.map((message) => {
        if (message.type !== "response") return null;
        const isWhole = Buffer.compare(message.body, body(message.body.length)) === 0;
        return [message.request, message.body.length, isWhole];
      });
    const expected = (most: number) =>
      [0, 1, 2].flatMap((turn) => sizes.flatMap((size, at) => (size < most ? [[turn * 100 + at, size, true]] : [])));
    await vi.waitFor(() => expect(one.messages).toHaveLength(3 * sizes.length));
    await vi.waitFor(() => expect(two.messages).toHaveLength(3 * (sizes.length - 2)));
    expect(seen(one)).toEqual(expected(Number.POSITIVE_INFINITY));
    expect(seen(two)).toEqual(expected(1_000_000));
  });

  it("announces to every server", async () => {
    const layers = [backend().layer(), backend().layer()];
    const servers = await Promise.all(
      ["s1", "s2"].map((id, index) => TestServer.start(layers[index] as ChannelLayer, id)),
    );
    const announcements: Announcement[] = [
      { type: "owner", channel: "test", owned: [{ partition: 3, term: "w1.1.1" }] },
      { type: "notice", room, notice: { kind: "renamed", title: "Naïve – 東京", by: "Ana" } },
      { type: "close", room: null, userId: "ben", code: 4401, reason: "signed out" },
    ];
    for (const announcement of announcements) await backend().layer().announce(announcement);
    for (const server of servers) await vi.waitFor(() => expect(server.announcements).toHaveLength(3));
    for (const server of servers)
      expect(server.announcements.map((item) => item.type).sort()).toEqual(["close", "notice", "owner"]);
    expect(servers[1]?.announcements).toEqual(expect.arrayContaining(announcements));
  });

  it("survives a server's handler that throws, and counts what it did not take as missed", async () => {
    const server = await TestServer.start(backend().layer(), "s1");
    const worker = await TestWorker.start(backend().layer(), "w1");
    server.onMessages = () => {
      throw new Error("messages refused");
    };
    worker.link.deliver("s1", [{ type: "response", request: 1, error: null, body: new Uint8Array() }]);
    await vi.waitFor(() => expect(backend().errors.join()).toContain("messages refused"));
    await vi.waitFor(() => expect(server.gaps).toBe(1));
    worker.link.deliver("s1", [{ type: "response", request: 2, error: null, body: new Uint8Array() }]);
    await vi.waitFor(() => expect(server.messages).toHaveLength(2));
  });
}
