// The provider's signs of life: what it says while nobody writes, and when it gives a connection up.
import { afterEach, describe, expect, test } from "vitest";
import { createFakeRoom, greet } from "#app/_collab/fake-server.test-helper.ts";

let room: ReturnType<typeof createFakeRoom>;
afterEach(() => room.stop());

/** Opens the socket and lets both sides greet each other, up to the acknowledgement. */
async function connected() {
  room = createFakeRoom();
  greet(room);
}

async function typed(text: string) {
  room.text.insert(room.text.length, text);
  await Promise.resolve();
}

describe("signs of life", () => {
  test("says every 15 s that it is here", async () => {
    await connected();
    const before = room.socket.sent.length;
    for (let i = 0; i < 6; i++) {
      room.clock.pass(10_000);
      room.socket.receive([1, 1, 0]);
    }
    const awareness = room.socket.types.slice(before).filter((type) => type === "awareness");
    expect(awareness.length).toBeGreaterThanOrEqual(3);
    expect(room.provider.connection.phase).toBe("open");
  });

  test("gives up after 30 s without an echo", async () => {
    await connected();
    room.clock.pass(15_000 + 30_000 + 5_000);
    expect(room.sockets.length).toBe(2);
  });

  test("gives up on a connection that does not open within 10 s", () => {
    room = createFakeRoom();
    room.clock.pass(17_000);
    expect(room.sockets.length).toBeGreaterThan(1);
    expect(room.sockets[0]?.closed).toBe(true);
  });

  test("cursor moves are sent at most every 50 ms, the last one always", async () => {
    await connected();
    room.clock.pass(1_000);
    const before = room.socket.sent.length;
    for (let i = 0; i < 20; i++) room.awareness.setLocalStateField("cursor", i);
    expect(room.socket.sent.length).toBe(before + 1);
    room.clock.pass(50);
    expect(room.socket.sent.length).toBe(before + 2);
    const last = room.socket.messages.at(-1);
    expect(last?.type === "awareness" && new TextDecoder().decode(last.update)).toContain('"cursor":19');
  });

  test("after destroy nothing happens any more", async () => {
    await connected();
    room.provider.destroy();
    await typed("a");
    room.clock.pass(100_000);
    expect(room.sockets.length).toBe(1);
    expect(room.socket.closed).toBe(true);
  });
});
