// The JSON API and the health checks, as a client with a session sees them.
import { editor, expect, newDocument, openDocument, pageOf, test, untilSaved } from "./fixtures.ts";

test("health and readiness", async ({ request }) => {
  expect((await request.get("/api/health")).status()).toBe(200);
  expect((await request.get("/api/ready")).status()).toBe(200);
});

test("create, list, read, rename, trash and restore", async ({ twoPeople: { ana } }) => {
  const id = await newDocument(ana, "Budget 2031");
  const list = await (await ana.request.get("/api/documents")).text();
  expect(list).toContain("Budget 2031");
  const renamed = await ana.request.patch(`/api/documents/${id}`, { data: { title: "Budget 2032" } });
  expect(renamed.status()).toBe(200);
  const read = await ana.request.get(`/api/documents/${id}`);
  expect(await read.json()).toMatchObject({ id, title: "Budget 2032" });

  expect((await ana.request.delete(`/api/documents/${id}`)).ok()).toBe(true);
  expect(await (await ana.request.get("/api/documents")).text()).not.toContain("Budget 2032");
  const restored = await ana.request.patch(`/api/documents/${id}`, { data: { trashed: false } });
  expect(restored.status(), await restored.text()).toBe(200);
  expect(await (await ana.request.get("/api/documents")).text()).toContain("Budget 2032");
});

test("errors are problem+json", async ({ app, browser, playwright, twoPeople: { ana } }) => {
  const missing = await ana.request.get("/api/documents/nosuchdocument");
  expect(missing.status()).toBe(404);
  expect(missing.headers()["content-type"]).toContain("application/problem+json");
  const bad = await ana.request.post("/api/documents", { data: { title: 7 } });
  expect(bad.status()).toBe(400);
  expect(bad.headers()["content-type"]).toContain("application/problem+json");
  const id = await newDocument(ana, "Errors");
  expect((await ana.request.patch(`/api/documents/${id}`, { data: { title: "x".repeat(10_000) } })).status()).toBe(400);

  const nobody = await playwright.request.newContext({ baseURL: app.url });
  expect((await nobody.get("/api/documents")).status()).toBe(401);
  expect((await nobody.patch(`/api/documents/${id}`, { data: { title: "Mine" } })).status()).toBe(401);
  await nobody.dispose();
  const vera = await pageOf(browser, app.url, "vera");
  expect((await vera.request.get(`/api/documents/${id}`)).status()).toBe(403);
  await vera.context().close();
});

test("a document is exported live, in every format", async ({ twoPeople: { ana } }) => {
  const id = await newDocument(ana, "Export");
  await openDocument(ana, id);
  await editor(ana).click();
  await ana.keyboard.type("# Plan\nbuy **milk** now");
  await untilSaved(ana);
  const get = async (format: string) => {
    const response = await ana.request.get(`/api/documents/${id}/export?format=${format}`);
    expect(response.status(), format).toBe(200);
    return response.text();
  };
  expect(await get("markdown")).toContain("# Plan");
  expect(await get("markdown")).toContain("**milk**");
  expect(await get("html")).toMatch(/<h1[^>]*>Plan<\/h1>/);
  expect(await get("html")).toContain("<strong>milk</strong>");
  expect(await get("text")).toContain("buy milk now");
  expect(JSON.stringify(JSON.parse(await get("json")))).toContain('"heading"');
  expect(await get("xml")).toContain("<heading");
  expect((await ana.request.get(`/api/documents/${id}/export?format=pdf`)).status()).toBe(400);
});

test("pages carry the security headers", async ({ request }) => {
  const headers = (await request.get("/login")).headers();
  expect(headers["content-security-policy"]).toContain("default-src 'self'");
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["referrer-policy"]).toBeTruthy();
  expect(headers["x-powered-by"]).toBeUndefined();
});
