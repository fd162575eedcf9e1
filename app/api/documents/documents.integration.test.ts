import { describe, expect, test, vi } from "vitest";
import { call, create, startApi } from "#app/api/documents/api.test-helper.ts";
import { CLOSE } from "#lib/protocol.ts";
import { documentRoom } from "#lib/room-types.ts";
import { db } from "#prisma/client.ts";

const { layer, heard, state } = startApi();

describe("a document", () => {
  test("is created with a clean title, by who asks", async () => {
    const { status, json, response } = await call("POST", "/api/documents", { body: { title: " Plan\u202e\n B " } });
    expect(status).toBe(201);
    expect(json).toMatchObject({ title: "Plan B", createdBy: { id: "ana" }, trashedAt: null });
    expect(response.headers.get("location")).toBe(`/api/documents/${json.id}`);
    expect((await call("GET", `/api/documents/${json.id}`)).json).toEqual(json);
  });

  test("may be created without a title", async () => {
    expect((await call("POST", "/api/documents", { body: {} })).json).toMatchObject({ title: "" });
  });

  test("that is renamed moves up, and everybody in it is told", async () => {
    const id = await create("Old", { editedAt: new Date(1_000) });
    const { status, json } = await call("PATCH", `/api/documents/${id}`, { body: { title: "New" } });
    expect(status).toBe(200);
    expect(json.title).toBe("New");
    expect(Date.parse(json.editedAt)).toBeGreaterThan(1_000);
    await vi.waitFor(() => {
      expect(heard).toEqual([
        { type: "notice", room: documentRoom(id), notice: { kind: "renamed", title: "New", by: "Ana" } },
      ]);
    });
  });

  test("that has that title already is not edited and nobody is told", async () => {
    const id = await create("Same", { editedAt: new Date(1_000) });
    const { json } = await call("PATCH", `/api/documents/${id}`, { body: { title: "Same" } });
    expect(Date.parse(json.editedAt)).toBe(1_000);
    expect(heard).toEqual([]);
  });

  test("that is trashed closes for everybody, once, and comes back as it was", async () => {
    const id = await create("Plan", { editedAt: new Date(1_000) });
    const room = documentRoom(id);
    for (const _ of [1, 2]) expect((await call("DELETE", `/api/documents/${id}`)).json.trashedAt).not.toBeNull();
    await vi.waitFor(() => expect(heard).toHaveLength(2));
    expect(heard).toEqual([
      { type: "notice", room, notice: { kind: "trashed", by: "Ana" } },
      { type: "close", room, userId: null, code: CLOSE.noDocument, reason: expect.any(String) },
    ]);
    const back = await call("PATCH", `/api/documents/${id}`, { body: { trashed: false } });
    expect(back.json).toMatchObject({ trashedAt: null, editedAt: "1970-01-01T00:00:01.000Z" });
  });

  test("in the trash can be read and restored, not renamed", async () => {
    const id = await create("Plan", { trashedAt: new Date() });
    expect((await call("GET", `/api/documents/${id}`)).json).toMatchObject({ id, title: "Plan" });
    expect((await call("PATCH", `/api/documents/${id}`, { body: { title: "X" } })).status).toBe(409);
    const both = await call("PATCH", `/api/documents/${id}`, { body: { title: "X", trashed: false } });
    expect(both.json).toMatchObject({ title: "X", trashedAt: null });
  });

  test("is changed even if nobody can be told", async () => {
    const id = await create("Old");
    const announce = vi.spyOn(layer, "announce").mockRejectedValue(new Error("away"));
    try {
      expect((await call("PATCH", `/api/documents/${id}`, { body: { title: "New" } })).status).toBe(200);
    } finally {
      announce.mockRestore();
    }
    expect((await call("GET", `/api/documents/${id}`)).json.title).toBe("New");
  });

  test.each([{}, { title: 7 }, { title: "x".repeat(201) }, { trashed: "no" }, { title: "a", id: "b" }, [], null])(
    "is not changed by %j",
    async (body) => {
      const id = await create("Plan");
      expect((await call("PATCH", `/api/documents/${id}`, { body })).status).toBe(400);
      expect((await call("GET", `/api/documents/${id}`)).json.title).toBe("Plan");
    },
  );

  test.each(["nosuchdocument", "a%00b", "..%2F..", "x".repeat(65)])("%s does not exist", async (id) => {
    const path = `/api/documents/${id}`;
    expect((await call("GET", path)).status).toBe(404);
    expect((await call("PATCH", path, { body: { title: "x" } })).status).toBe(404);
    expect((await call("DELETE", path)).status).toBe(404);
  });
});

describe("every route", () => {
  const routes = [
    ["GET", "/api/documents", undefined],
    ["POST", "/api/documents", { title: "x" }],
    ["GET", "/api/documents/ID", undefined],
    ["PATCH", "/api/documents/ID", { title: "x" }],
    ["DELETE", "/api/documents/ID", undefined],
  ] as const;

  test.each(routes)("%s %s asks who it is, and for staff", async (method, path, body) => {
    const real = path.replace("ID", await create("Plan"));
    const nobody = await call(method, real, { who: null, body });
    expect(nobody.status).toBe(401);
    expect(nobody.response.headers.get("content-type")).toBe("application/problem+json");
    expect((await call(method, real, { who: "vera", body })).status).toBe(403);
    expect(await db().document.findMany({ select: { title: true, trashedAt: true } })).toEqual([
      { title: "Plan", trashedAt: null },
    ]);
  });

  test.each(routes.filter(([method]) => method !== "GET"))("%s %s is for our own pages", async (method, path, body) => {
    const real = path.replace("ID", await create("Plan"));
    const foreign = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
    expect((await call(method, real, { body, headers: foreign })).status).toBe(403);
    const own = { "sec-fetch-site": "same-origin", origin: "http://localhost:3000" };
    expect((await call(method, real, { body, headers: own })).response.ok).toBe(true);
  });

  test("answers a fault with 500 and an outage with 503 and the reason, without details of the fault", async () => {
    const find = vi.spyOn(db().document, "findMany").mockRejectedValue(new Error("secret detail"));
    try {
      const fault = await call("GET", "/api/documents");
      expect(fault.status).toBe(500);
      expect(JSON.stringify(fault.json)).not.toContain("secret detail");
      state.notReady = "The database does not answer.";
      expect((await call("GET", "/api/documents")).json).toMatchObject({ status: 503, detail: state.notReady });
    } finally {
      find.mockRestore();
    }
  });
});
