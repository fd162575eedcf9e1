import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { exportSource } from "#app/_editor/export/source.ts";
import { docxOf } from "#app/_editor/import/docx.test-helper.ts";
import { serializeMarkdown } from "#app/_editor/markdown.ts";
import { call, importFile, startApi } from "#app/api/documents/api.test-helper.ts";
import { documentRoom } from "#lib/room-types.ts";
import { db } from "#prisma/client.ts";

startApi();

/** What the room of a document holds, read as a worker loads it. */
async function storedText(id: string): Promise<string> {
  const rows = await db().roomSnapshot.findMany({ where: { room: documentRoom(id) } });
  expect(rows).toHaveLength(1);
  return serializeMarkdown(exportSource("", rows[0]?.state ?? null).doc);
}

describe("a file", () => {
  test.each([
    ["plan.md", "# Plan\n\n* one\n* **two**", "Plan", "* one\n* **two**"],
    ["plan.markdown", "Words\n\n## Later", "Later", "Words\n\n## Later"],
    ["plan.html", "<h1>Plan</h1><p>A <b>word</b></p>", "Plan", "A **word**"],
    ["Plan B.TXT", "\ufeffone\r\ntwo\r\n\r\nthree", "Plan B", "one\\\ntwo\n\nthree"],
    ["plan.docx", docxOf({ Heading1: "Plan", Normal: "words" }), "Plan", "words"],
  ])("%s becomes a document with its text", async (name, body, title, markdown) => {
    const { status, json, response } = await importFile({ id: randomUUID(), name }, body);
    expect(status, JSON.stringify(json)).toBe(201);
    expect(json).toMatchObject({ title, createdBy: { id: "ana" }, trashedAt: null, pictures: 0 });
    expect(response.headers.get("location")).toBe(`/api/documents/${json.id}`);
    expect(await storedText(json.id)).toBe(markdown);
  });

  test("that is sent again, later or at the same time, is one document with its text once", async () => {
    const id = randomUUID();
    const send = () => importFile({ id, name: "once.md" }, "one line");
    const answers = [...(await Promise.all([send(), send(), send()])), await send()];
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
    expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1);
    expect((await call("GET", "/api/documents")).json.documents).toHaveLength(1);
    expect(await storedText(answers[0]?.json.id)).toBe("one line");
  });

  test("that is sent again after somebody wrote in the document changes nothing", async () => {
    const id = randomUUID();
    const { json } = await importFile({ id, name: "once.md" }, "one line");
    const state = Uint8Array.from([0, 0]);
    await db().roomSnapshot.update({ where: { room: documentRoom(json.id) }, data: { state, upTo: 7n } });
    expect((await importFile({ id, name: "once.md" }, "another line")).json.id).toBe(json.id);
    const row = await db().roomSnapshot.findUniqueOrThrow({ where: { room: documentRoom(json.id) } });
    expect([row.upTo, ...row.state]).toEqual([7n, 0, 0]);
  });

  test("of one name belongs to each who sends it", async () => {
    await db().user.update({ where: { id: "vera" }, data: { isStaff: true } });
    try {
      const id = randomUUID();
      const [ana, vera] = [
        await importFile({ id, name: "a.md" }, "of Ana"),
        await importFile({ id, name: "a.md" }, "of Vera", { who: "vera" }),
      ];
      expect(vera.status).toBe(201);
      expect(vera.json.id).not.toBe(ana.json.id);
    } finally {
      await db().user.update({ where: { id: "vera" }, data: { isStaff: false } });
    }
  });

  test("that is hostile leaves its words, and nothing that could run", async () => {
    const html = `<body onload=alert(1)><h1>Hi<script>alert(2)</script></h1><p onclick="alert(3)">a <a href="javascript:alert(4)">b</a>
      <a href=" java&#10;script:alert(5)">c</a> <a href="//evil.example">d</a><img src=x onerror=alert(6)>
      <svg><script>alert(7)</script></svg><iframe srcdoc="<script>alert(8)</script>"></iframe><style>p{}</style></p>
      <math><mtext><style><img src onerror=alert(9)></style></mtext></math><form action="javascript:alert(10)"><input></form>`;
    const { json } = await importFile({ id: randomUUID(), name: "x.html" }, html);
    expect(json.title).toBe("Hi");
    const row = await db().roomSnapshot.findUniqueOrThrow({ where: { room: documentRoom(json.id) } });
    const stored = JSON.stringify(exportSource("", row.state).doc.toJSON());
    expect(stored).not.toMatch(/alert|script|onerror|evil/i);
    expect(stored).toContain('"text":"a b c d');
  });
});

describe("refused, and nothing is made:", () => {
  const big = (bytes: number) => Buffer.alloc(bytes, "a line of text\n");
  const deep = `${"<blockquote>".repeat(500)}x`;
  test.each([
    ["another type", "a.pdf", "%PDF", 415, /cannot be imported.*Markdown/],
    ["no type", "README", "text", 415, /cannot be imported/],
    ["nothing", "a.md", "", 422, /empty/],
    ["only space", "a.txt", " \n\n\t ", 422, /empty/],
    ["only tags", "a.html", "<html><head><title>t</title></head><body><p></p></body></html>", 422, /empty/],
    ["too much", "a.md", big(1024 * 1024 + 1), 413, /1 MB/],
    ["too large a Word file", "a.docx", big(20 * 1024 * 1024 + 1), 413, /20 MB/],
    ["too many lines", "a.md", "a\n".repeat(20_001), 422, /too long.*Split/],
    ["too many elements", "a.html", "<p>a".repeat(40_001), 422, /too long.*Split/],
    ["no text", "a.md", Buffer.from([1, 0, 2, 0]), 422, /not a text file/],
    ["no Word file", "a.docx", "hello", 422, /not a Word file.*\.docx/],
    ["an old Word file", "a.docx", Buffer.from("d0cf11e0a1b11ae1", "hex"), 422, /Save it as \.docx/],
    ["a bomb", "a.docx", docxOf({ Normal: "a".repeat(40_000_000) }), 422, /too long/],
    ["a Word file that is cut off", "a.docx", docxOf({ Normal: "words" }).subarray(0, 400), 422, /not a Word file/],
    ["what is nested too deeply", "a.html", deep, 422, /nested too deeply/],
  ])("%s", async (_, name, body, status, message) => {
    const answer = await importFile({ id: randomUUID(), name }, body);
    expect(answer.status, JSON.stringify(answer.json)).toBe(status);
    expect(answer.response.headers.get("content-type")).toBe("application/problem+json");
    expect(`${answer.json.title} ${answer.json.detail ?? ""}`).toMatch(message);
    expect(await db().document.count()).toBe(0);
  });

  test("a body without end, before it ends", async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled++;
        controller.enqueue(new Uint8Array(64 * 1024));
      },
    });
    expect((await importFile({ id: randomUUID(), name: "a.md" }, endless)).status).toBe(413);
    expect(pulled).toBeLessThan(40);
  });

  test("without a name or a proper id", async () => {
    expect((await importFile({ id: randomUUID() } as never, "x")).status).toBe(400);
    expect((await importFile({ id: "1", name: "a.md" }, "x")).status).toBe(400);
  });

  test("who is nobody, who is not staff, and another site", async () => {
    const query = { id: randomUUID(), name: "a.md" };
    expect((await importFile(query, "x", { who: null })).status).toBe(401);
    expect((await importFile(query, "x", { who: "vera" })).status).toBe(403);
    const foreign = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
    expect((await importFile(query, "x", { headers: foreign })).status).toBe(403);
    expect(await db().document.count()).toBe(0);
  });
});
