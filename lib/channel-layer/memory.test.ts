import pino from "pino";
import { describe, expect, it } from "vitest";
import { LEASE_TTL, SERVER_TTL } from "./channel-layer.ts";
import { describeChannelLayer } from "./contract.ts";
import { MemoryChannelLayer } from "./memory.ts";

describeChannelLayer("memory", async () => {
  const errors: string[] = [];
  let now = 0;
  const layer = new MemoryChannelLayer({ log: pino({}, { write: (line) => void errors.push(line) }), now: () => now });
  return {
    layer: () => layer,
    elapse: (ms) => {
      now += ms;
    },
    leaseTtl: LEASE_TTL,
    serverTtl: SERVER_TTL,
    errors,
    close: () => layer.close(),
  };
});

describe("the memory layer", () => {
  it("ignores what is sent after its link was closed", async () => {
    const layer = new MemoryChannelLayer({ log: pino({ level: "silent" }) });
    const link = await layer.server("s1", {
      onMessages: () => {},
      onAnnouncement: () => {},
      onGap: () => {},
      onLost: () => expect.unreachable(),
    });
    await layer.close();
    link.send("test", { type: "disconnect", room: "r", connection: 1, clients: [] });
    const received: unknown[] = [];
    const worker = await layer.worker("w1", "test", {
      onEntries: async (entries) => void received.push(...entries),
      onGap: () => {},
    });
    for (let partition = 0; partition < 16; partition++) worker.open(partition);
    for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setImmediate(resolve));
    expect(received).toEqual([]);
  });
});
