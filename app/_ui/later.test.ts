// Code that is loaded when it is needed: once for all who ask, again after a failure, and ahead in idle time.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fetchAhead, later } from "./later.ts";

let idle: (() => void)[];

beforeEach(() => {
  idle = [];
  const requestIdleCallback = (run: () => void) => idle.push(run);
  vi.stubGlobal("window", { requestIdleCallback });
  vi.stubGlobal("requestIdleCallback", requestIdleCallback);
  performance.clearMarks();
});
afterEach(() => vi.unstubAllGlobals());

/** Lets the browser be idle until it is asked for nothing more. */
async function beIdle(): Promise<void> {
  for (let run = idle.shift(); run; run = idle.shift()) {
    run();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test("all who ask share one load; a failed one is forgotten", async () => {
  const load = vi.fn(async () => "code");
  load.mockRejectedValueOnce(new Error("no network"));
  const get = later(load);
  const [first, second] = [get(), get()];
  await expect(first).rejects.toThrow("no network");
  await expect(second).rejects.toThrow("no network");
  expect(await Promise.all([get(), get()])).toEqual(["code", "code"]);
  expect(load).toHaveBeenCalledTimes(2);
});

test("is fetched ahead one after the other, in idle time, past what fails, and marked", async () => {
  const loads = [vi.fn(async () => 1), vi.fn(async () => Promise.reject(new Error("gone"))), vi.fn(async () => 3)];
  for (const load of loads) later<unknown>(load);
  fetchAhead();
  expect(loads.every((load) => load.mock.calls.length === 0)).toBe(true);
  await beIdle();
  expect(loads.map((load) => load.mock.calls.length)).toEqual([1, 1, 1]);
  expect(performance.getEntriesByName("fetched ahead")).toHaveLength(1);
});

test("stops when the page is left", async () => {
  const load = vi.fn(async () => 1);
  later(load);
  const stop = fetchAhead();
  stop();
  await beIdle();
  expect(load).not.toHaveBeenCalled();
  expect(performance.getEntriesByName("fetched ahead")).toHaveLength(0);
});
