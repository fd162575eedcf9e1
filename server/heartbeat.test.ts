import { afterEach, expect, test, vi } from "vitest";
import type { ClientSocket } from "./client-socket.ts";
import { startHeartbeat } from "./heartbeat.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function setUp() {
  vi.useFakeTimers();
  const socket = { isAlive: true, checkAlive: () => socket.isAlive, cut: vi.fn() };
  const stop = startHeartbeat([socket as unknown as ClientSocket], 1_000);
  return { socket, stop };
}

test("[P9] a client that is silent from one ping to the next is cut", () => {
  const { socket, stop } = setUp();
  vi.advanceTimersByTime(3_000);
  expect(socket.cut).not.toHaveBeenCalled();
  socket.isAlive = false;
  vi.advanceTimersByTime(1_000);
  expect(socket.cut).toHaveBeenCalledTimes(1);
  stop();
});

test("a server that stood still has not read their signs of life yet, and cuts nobody before the next ping", () => {
  const { socket, stop } = setUp();
  socket.isAlive = false;
  const now = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => now() + 20_000);
  vi.advanceTimersByTime(1_000);
  expect(socket.cut).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1_000);
  expect(socket.cut).toHaveBeenCalledTimes(1);
  stop();
});
