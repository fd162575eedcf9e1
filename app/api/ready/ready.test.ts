import { expect, test } from "vitest";
import { GET as health } from "#app/api/health/route.ts";
import { GET as ready } from "#app/api/ready/route.ts";
import { setRuntime } from "#lib/runtime.ts";

const setReady = (ready: () => Promise<void>) => setRuntime({ ready } as unknown as Parameters<typeof setRuntime>[0]);

test("ready: 200 when everything answers", async () => {
  setReady(async () => {});
  const response = await ready();
  expect(response.status).toBe(200);
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(await response.json()).toEqual({ status: "ready" });
});

test("ready: 503 with the reason; the process lives all the same", async () => {
  setReady(() => Promise.reject(new Error("No worker answers.")));
  const response = await ready();
  expect(response.status).toBe(503);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(await response.json()).toMatchObject({ status: 503, detail: "No worker answers." });
  expect(health().status).toBe(200);
});
