// `npm run bench:editor`: how quick the editor is in a document of a hundred pages while five others type in it. One
// server, one worker, Redis, PostgreSQL, the five others and Chromium share the machine's cores.
//   --keys 150 (at each of four places)   --openings 5   --tree <built tree>   --trace <file, for the performance panel>
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import sharp from "sharp";
import { prosemirrorToYXmlFragment } from "y-prosemirror";
import { connectRaw } from "../../e2e/raw-client.ts";
import { chromiumPath } from "../../scripts/test-tools.mjs";
import { endChildren } from "../targets/child.ts";
import { ours } from "../targets/ours.ts";
import { invite } from "./company.ts";
import { longDocument, type Picture } from "./long-document.ts";
import { open, type } from "./person.ts";

const PICTURES = 40;
const root = resolve(import.meta.dirname, "../..");
const { values } = parseArgs({
  options: {
    keys: { type: "string", default: "150" },
    openings: { type: "string", default: "5" },
    tree: { type: "string", default: root },
    trace: { type: "string" },
  },
});

const ms = (value: number) => `${Math.round(value)} ms`;
function quantile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

async function upload(url: string, cookie: string, documentId: string, index: number): Promise<Picture> {
  const size = { width: 1200, height: 800 };
  const background = { r: (index * 47) % 256, g: (index * 91) % 256, b: (index * 139) % 256 };
  const body = await sharp({ create: { ...size, channels: 3, background } })
    .jpeg()
    .toBuffer();
  const response = await fetch(`${url}/api/documents/${documentId}/files?name=picture-${index}.jpg`, {
    method: "POST",
    headers: { cookie, origin: url, "content-type": "image/jpeg" },
    body: new Uint8Array(body),
  });
  if (response.status !== 201) throw new Error(`upload: ${response.status} ${await response.text()}`);
  const { id } = (await response.json()) as { id: string };
  return { file: id, pixelWidth: size.width, pixelHeight: size.height };
}

const folder = mkdtempSync(join(tmpdir(), "bench-"));
chmodSync(folder, 0o755);
const target = await ours.start({ folder, tree: resolve(values.tree) });
const browser = await chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox", "--disable-gpu"] });
try {
  const [documentId] = (await target.makeRooms(1)) as [string];
  const { url: address, headers } = target.seat(documentId, 0);
  const url = new URL(address).origin.replace("ws", "http");
  const cookie = headers?.cookie ?? "";
  const cookies = new Map(cookie.split("; ").map((pair) => pair.split(/=(.*)/s).slice(0, 2) as [string, string]));

  const pictures: Picture[] = [];
  for (let index = 0; index < PICTURES; index++) pictures.push(await upload(url, cookie, documentId, index));
  const node = longDocument(pictures);
  const author = connectRaw(url, documentId, cookies);
  await author.synced();
  author.doc.transact(() => prosemirrorToYXmlFragment(node, author.doc.getXmlFragment("prosemirror")));
  const counted = { tables: 0, images: 0 };
  const paragraphs: number[] = [];
  node.forEach((block, _offset, index) => {
    if (block.type.name === "table") counted.tables++;
    if (block.type.name === "image") counted.images++;
    if (block.type.name === "paragraph") paragraphs.push(index);
  });

  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url })));
  await context.addInitScript({ path: join(import.meta.dirname, "in-page.js") });
  // The first visit fills the browser's caches and the copy on the device.
  const first = await open(context, `${url}/documents/${documentId}`);
  const there = await first.page.locator(".ProseMirror").evaluate((element) => element.textContent?.length ?? 0);
  if (there < node.textContent.length) throw new Error(`${there} of ${node.textContent.length} characters arrived`);
  await first.page
    .getByRole("status")
    .filter({ hasText: /^(Saved|All changes saved)$/ })
    .waitFor();
  await first.page.waitForTimeout(2_000);
  await first.page.close();
  author.close();
  const openings: number[] = [];
  for (let index = 0; index < Number(values.openings); index++) {
    const again = await open(context, `${url}/documents/${documentId}`);
    openings.push(again.readable);
    await again.page.close();
  }
  openings.sort((a, b) => a - b);

  const { page } = await open(context, `${url}/documents/${documentId}`);
  // Two of them type beside the person, where every key is drawn; three elsewhere.
  const at = (share: number) => paragraphs[Math.floor(paragraphs.length * share)] as number;
  const company = await invite(url, documentId, cookies, [0.1, 0.499, 0.503, 0.7, 0.9].map(at));
  if (values.trace) await browser.startTracing(page, { path: values.trace });
  const before = { typed: company.typed(), at: Date.now() };
  const typing = await type(page, Number(values.keys));
  const rate = ((company.typed() - before.typed) * 1000) / (Date.now() - before.at);
  if (values.trace) await browser.stopTracing();
  company.stop();

  console.log(`\n${cpus().length} cores, ${cpus()[0]?.model}; Chromium ${browser.version()}, Node ${process.version}`);
  console.log(
    `${node.textContent.length} characters, ${node.childCount} blocks, ${counted.tables} tables, ${counted.images} pictures; five others type ${rate.toFixed(0)} keys a second`,
  );
  console.log(
    `Opening, warm, until there is text to read: median ${ms(quantile(openings, 0.5))}, slowest of ${openings.length} ${ms(openings.at(-1) ?? Number.NaN)}; first visit ${ms(first.readable)}`,
  );
  const row = (name: string, keys: number[], tasks: number[]) => {
    const sorted = [...keys].sort((a, b) => a - b);
    const columns = [0.5, 0.95, 0.99, 1].map((share) => ms(quantile(sorted, share)).padStart(8));
    const longest = tasks.length > 0 ? `${tasks.length}, longest ${ms(Math.max(...tasks))}` : "none";
    console.log(`${name.padEnd(12)}${String(keys.length).padStart(6)}${columns.join("")}   ${longest}`);
  };
  console.log("\ntyping in     keys     p50     p95     p99     max   tasks of 50 ms or more");
  for (const { place, keys, tasks } of typing) row(place, keys, tasks);
  row(
    "all",
    typing.flatMap(({ keys }) => keys),
    typing.flatMap(({ tasks }) => tasks),
  );
} finally {
  await browser.close();
  await target.stop();
  await endChildren();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
