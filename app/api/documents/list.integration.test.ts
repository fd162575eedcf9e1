import { describe, expect, test, vi } from "vitest";
import { call, create, startApi, titles } from "#app/api/documents/api.test-helper.ts";
import { documentRoom } from "#lib/room-types.ts";
import { db } from "#prisma/client.ts";

const { layer, setPresence } = startApi();

describe("the list", () => {
  test("is recent first and says what a list shows", async () => {
    await create("older", { editedAt: new Date(1_000) });
    const id = await create("newer", { editedAt: new Date(2_000) });
    await create("thrown away", { trashedAt: new Date() });
    const { json, response } = await call("GET", "/api/documents");
    expect(titles(json)).toEqual(["newer", "older"]);
    expect(json.documents[0]).toEqual({
      id,
      title: "newer",
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      editedAt: "1970-01-01T00:00:02.000Z",
      trashedAt: null,
      createdBy: { id: "ana", name: "Ana", color: 4 },
      people: [],
    });
    expect(json.next).toBeNull();
    expect(response.headers.get("cache-control")).toBe("private, no-store");
  });

  test("says who is in a document now", async () => {
    const id = await create("plan");
    await create("empty");
    const ben = { id: "ben", name: "Ben", color: 7 };
    await setPresence(new Map([[documentRoom(id), [ben]]]));
    const { json } = await call("GET", "/api/documents?q=plan");
    expect(json.documents[0].people).toEqual([ben]);
    expect((await call("GET", `/api/documents/${id}`)).json.people).toEqual([ben]);
  });

  test("is there without the people when the channel layer is away", async () => {
    await create("plan");
    const presence = vi.spyOn(layer, "presence").mockRejectedValue(new Error("away"));
    try {
      expect(titles((await call("GET", "/api/documents")).json)).toEqual(["plan"]);
    } finally {
      presence.mockRestore();
    }
  });

  test.each([
    ["BUDGET", ["Budget 2031"]],
    ["ärger", ["ÄRGER"]],
    ["100%", ["100% sure"]],
    ["%", ["100% sure"]],
    ["a_b", ["a_b"]],
    ["\\", ["back\\slash"]],
    ["'; drop", []],
    ["\0", ["100% sure", "Budget 2031", "a_b", "axb", "back\\slash", "ÄRGER"]],
  ])("searched for %j", async (q, expected) => {
    for (const title of ["Budget 2031", "ÄRGER", "100% sure", "a_b", "axb", "back\\slash"]) await create(title);
    const { json } = await call("GET", `/api/documents?q=${encodeURIComponent(q)}`);
    expect(titles(json).sort()).toEqual(expected);
  });

  test("comes in pages that neither repeat nor skip, also of one moment, also when the last row goes", async () => {
    const moment = new Date(5_000);
    for (let index = 0; index < 7; index++) await create(`document ${index}`, { editedAt: moment });
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: Awaited<ReturnType<typeof call>> = await call(
        "GET",
        `/api/documents?limit=3${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...titles(page.json));
      cursor = page.json.next;
      const last = page.json.documents.at(-1);
      await db().document.update({ where: { id: last.id }, data: { editedAt: new Date() } });
    }
    expect(seen).toHaveLength(7);
    expect(new Set(seen).size).toBe(7);
  });

  test("of the trash is apart, recently trashed first", async () => {
    await create("here");
    await create("long gone", { trashedAt: new Date(1_000), editedAt: new Date(9_000) });
    await create("just gone", { trashedAt: new Date(2_000), editedAt: new Date(8_000) });
    const first = (await call("GET", "/api/documents?trashed=1&limit=1")).json;
    expect(titles(first)).toEqual(["just gone"]);
    expect(titles((await call("GET", `/api/documents?trashed=1&cursor=${first.next}`)).json)).toEqual(["long gone"]);
  });

  test.each(["limit=0", "limit=101", "limit=x", "trashed=yes", "cursor=x", "cursor=1.%00", "cursor=1.a.b"])(
    "refuses ?%s",
    async (query) => {
      const { status, json, response } = await call("GET", `/api/documents?${query}`);
      expect(status).toBe(400);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(json.errors).toEqual([{ field: query.split("=")[0], message: expect.any(String) }]);
    },
  );
});
