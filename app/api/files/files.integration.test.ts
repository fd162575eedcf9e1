// Uploads: who may, what is kept of them, and how they are served.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { POST } from "#app/api/documents/[id]/files/route.ts";
import { create, requestAs, startApi } from "#app/api/documents/api.test-helper.ts";
import { GET } from "#app/api/files/[file]/route.ts";
import { runtime } from "#lib/runtime.ts";
import type { UploadedFile } from "#lib/uploaded-file.ts";
import { db } from "#prisma/client.ts";

startApi();

type Person = "ana" | "vera" | null;

async function upload(id: string, name: string, type: string, body: BodyInit, who: Person = "ana", headers = {}) {
  const path = `/api/documents/${id}/files?name=${encodeURIComponent(name)}`;
  const request = await requestAs(who, "POST", path, { body, headers: { "content-type": type, ...headers } });
  const response = await POST(request, { params: Promise.resolve({ id }) });
  return { status: response.status, json: (await response.json()) as UploadedFile & { title: string } };
}

async function download(file: string, who: Person = "ana", headers: Record<string, string> = {}, query = "") {
  const request = await requestAs(who, "GET", `/api/files/${file}${query}`, { headers });
  return GET(request, { params: Promise.resolve({ file }) });
}

const filesOnDisk = async () => {
  const all = await readdir(join(runtime().env.DATA_DIR, "files"), { recursive: true, withFileTypes: true });
  return all.filter((entry) => entry.isFile()).length;
};

/** 40 × 20 px, lying on its side, with words in its metadata. */
const photo = () =>
  sharp({ create: { width: 40, height: 20, channels: 3, background: "#369" } })
    .jpeg()
    .withExif({ IFD0: { Copyright: "taken at my home" } })
    .withMetadata({ orientation: 6 })
    .toBuffer();

describe("pictures", () => {
  test("are turned upright, lose what the camera noted, and are shown in place", async () => {
    const id = await create("Plan");
    const source = await photo();
    expect((await sharp(source).metadata()).orientation).toBe(6);
    const { status, json } = await upload(id, "photo.jpg", "image/jpeg", new Uint8Array(source));
    expect(status).toBe(201);
    expect(json).toMatchObject({ name: "photo.jpg", type: "image/jpeg", width: 20, height: 40 });
    const response = await download(json.id);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/jpeg",
      "content-disposition": "inline",
      "content-length": String(json.size),
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
      "cache-control": "private, no-cache",
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.byteLength).toBe(json.size);
    const { orientation = 1, exif } = await sharp(bytes).metadata();
    expect(orientation).toBe(1);
    expect(exif).toBeUndefined();
    expect((await download(json.id, "ana", { "if-none-match": `"${json.id}"` })).status).toBe(304);
    expect((await download(json.id, "ana", {}, "?download=1")).headers.get("content-disposition")).toContain(
      "photo.jpg",
    );
  });

  test.each([
    ["a page that says it is a picture", "image/png", "<html><script>alert(1)</script></html>"],
    ["half a picture", "image/jpeg", "\u00ff\u00d8\u00ff\u00e0 and then nothing"],
    ["an SVG that says it is a PNG", "image/png", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
  ])("%s is refused, and nothing is kept", async (_name, type, body) => {
    const id = await create("Plan");
    const before = await filesOnDisk();
    expect(await upload(id, "x", type, body)).toMatchObject({
      status: 415,
      json: { title: "This picture cannot be read." },
    });
    expect(await filesOnDisk()).toBe(before);
    expect(await db().file.count({ where: { documentId: id } })).toBe(0);
  });
});

describe("other files", () => {
  test.each([
    ["letter.html", "text/html", "<script>alert(1)</script>"],
    ["drawing.svg", "image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ["Übersicht ../2026\u202e.pdf", "application/pdf", "%PDF-1.7"],
  ])("%s can only be downloaded", async (name, type, body) => {
    const id = await create("Plan");
    const { status, json } = await upload(id, name, type, body);
    expect(status).toBe(201);
    expect(json).toMatchObject({ size: Buffer.byteLength(body), width: null });
    expect(json.name).not.toContain("/");
    const response = await download(json.id);
    expect(response.headers.get("content-type")).toBe("application/octet-stream");
    expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="[^"/\\]+"; filename\*=UTF-8''/);
    expect(response.headers.get("content-security-policy")).toContain("sandbox");
    expect(await response.text()).toBe(body);
  });
});

describe("refused", () => {
  test("strangers, non-staff, another site, unknown documents and files", async () => {
    const id = await create("Plan");
    const { json } = await upload(id, "a.txt", "text/plain", "words");
    expect((await upload(id, "a.txt", "text/plain", "x", null)).status).toBe(401);
    expect((await upload(id, "a.txt", "text/plain", "x", "vera")).status).toBe(403);
    expect((await upload(id, "a.txt", "text/plain", "x", "ana", { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await upload("nothing", "a.txt", "text/plain", "x")).status).toBe(404);
    expect((await download(json.id, null)).status).toBe(401);
    expect((await download(json.id, "vera")).status).toBe(403);
    for (const file of ["nothing", "../../../etc/passwd", crypto.randomUUID(), json.id.toUpperCase()]) {
      expect((await download(file)).status).toBe(404);
    }
  });

  test("into the trash; what is there can still be read", async () => {
    const id = await create("Plan");
    const { json } = await upload(id, "a.txt", "text/plain", "words");
    await db().document.update({ where: { id }, data: { trashedAt: new Date() } });
    expect((await upload(id, "a.txt", "text/plain", "x")).status).toBe(403);
    expect(await (await download(json.id)).text()).toBe("words");
  });

  test("what is empty, has no name or is too large, also when it does not say so; nothing is kept", async () => {
    const id = await create("Plan");
    await upload(id, "a.txt", "text/plain", "so that the folder is there");
    const before = await filesOnDisk();
    expect((await upload(id, "a.txt", "text/plain", "")).status).toBe(400);
    expect((await upload(id, " ", "text/plain", "x")).status).toBe(400);
    const large = new Uint8Array(1_000_001);
    expect((await upload(id, "a", "text/plain", large)).status).toBe(413);
    expect((await upload(id, "a", "image/png", large)).status).toBe(413);
    expect((await upload(id, "a", "text/plain", large, "ana", { "content-length": "10" })).json.title).toContain(
      "1 MB",
    );
    expect(await filesOnDisk()).toBe(before);
    expect(await db().file.count({ where: { documentId: id } })).toBe(1);
  });
});
