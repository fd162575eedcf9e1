import pino from "pino";
import { afterEach, describe, expect, it, vi } from "vitest";
import { MemoryChannelLayer } from "#lib/channel-layer/memory.ts";
import { YroomDocument } from "#lib/document.ts";
import type { ServerMessage } from "#lib/messages.ts";
import { partitionOf } from "#lib/partition.ts";
import { Requests } from "#lib/requests.ts";
import { setRuntime } from "#lib/runtime.ts";

const room = "prosemirror.one";
const document = new YroomDocument(room);
const layers: MemoryChannelLayer[] = [];

/** A server whose requests reach a worker that answers with `answer`. */
async function start(answer: (method: string, args: string) => { error: string | null; body: Uint8Array } | null) {
  const layer = new MemoryChannelLayer({ log: pino({ level: "silent" }) });
  layers.push(layer);
  const responses = (messages: ServerMessage[]) => {
    for (const message of messages) if (message.type === "response") requests.receive(message);
  };
  const server = await layer.server("s1", {
    onMessages: responses,
    onAnnouncement: () => {},
    onGap: () => {},
    onLost: () => {},
  });
  const requests = new Requests((message) => server.send("yroom", message), 50);
  const worker = await layer.worker("w1", "yroom", {
    onGap: () => {},
    onEntries: async (entries) => {
      for (const message of entries.flatMap((entry) => entry.messages)) {
        if (message.type !== "request") continue;
        const response = answer(message.method, message.args);
        if (response) worker.deliver("s1", [{ type: "response", request: message.request, ...response }]);
      }
    },
  });
  worker.open(partitionOf(room));
  setRuntime({ requests, layer } as unknown as Parameters<typeof setRuntime>[0]);
  return requests;
}

const json = (value: unknown) => ({ error: null, body: Buffer.from(JSON.stringify(value)) });

afterEach(async () => {
  for (const layer of layers.splice(0)) await layer.close();
});

describe("YroomDocument", () => {
  it("reads the state as bytes", async () => {
    await start(() => ({ error: null, body: Uint8Array.of(0, 0, 255) }));
    expect([...(await document.read())]).toEqual([0, 0, 255]);
  });

  it.each([
    ["exportMap", { a: [1, null, { b: "é" }] }],
    ["exportArray", [1, "two", { three: 3 }]],
    ["exportText", "hello "],
    ["exportXmlFragment", "<paragraph>é</paragraph>"],
    ["exportXmlElement", "<name></name>"],
    ["exportXmlText", "plain"],
  ] as const)("%s asks for the named type and answers its value", async (method, value) => {
    const asked: string[] = [];
    await start((name, args) => {
      asked.push(name, args);
      return json(value);
    });
    expect(await document[method]("title")).toEqual(value);
    expect(asked).toEqual([method, '["title"]']);
  });

  it("says that a room is neither live nor stored", async () => {
    await start(() => ({ error: "data-unavailable", body: new Uint8Array() }));
    await expect(document.read()).rejects.toMatchObject({
      code: "data-unavailable",
      message: expect.stringContaining(room),
    });
    await expect(document.exportText("a")).rejects.toMatchObject({ code: "data-unavailable" });
  });

  it("passes a refusal on", async () => {
    await start(() => ({ error: "no such method: read", body: new Uint8Array() }));
    await expect(document.read()).rejects.toMatchObject({ code: "refused", message: "no such method: read" });
  });

  it("rejects an answer of another shape", async () => {
    await start(() => json(["not", "a", "map"]));
    await expect(document.exportMap("a")).rejects.toThrow("expected record");
  });

  it("gives a clear error when no worker answers", async () => {
    await start(() => null);
    await expect(document.read()).rejects.toMatchObject({
      code: "timeout",
      message: expect.stringContaining("No worker"),
    });
  });

  it("ends waiting calls when the server stops", async () => {
    const asked = vi.fn(() => null);
    const requests = await start(asked);
    const reading = document.read();
    requests.close();
    await expect(reading).rejects.toMatchObject({ code: "unavailable" });
  });
});
