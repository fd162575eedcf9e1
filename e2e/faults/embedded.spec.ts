// The embedded process dies by SIGKILL while somebody types. Whatever the page had called Saved is there after the
// next start on the same data folder, in a fresh browser.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { caretTo, newDocument, openDocument, pageOf, textOf } from "../fixtures.ts";
import { freePort, type Running, startProcess, untilReady } from "../processes.ts";
import { createRandom, pause, rounds, seed } from "./random.ts";

const ROUNDS = 2 * rounds;
let dataDir: string;
let port: number;
let url: string;
let embedded: Running;

async function start(): Promise<void> {
  embedded = startProcess("embedded", { PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: "info" });
  await untilReady(url, embedded, 60_000);
}

test.beforeAll(async () => {
  test.setTimeout(90_000);
  dataDir = await mkdtemp(join(tmpdir(), "yroom-kill-"));
  port = await freePort();
  url = `http://localhost:${port}`;
  await start();
});
test.afterAll(async () => {
  await embedded?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** One writer who always writes at the end: what was saved once is how every later text begins. */
const plain = (text: string): string => text.replaceAll(/[\s\u2060]+/g, " ").trim();

test(`nothing that was called Saved is lost by ${ROUNDS} kills`, async ({ browser }) => {
  test.setTimeout(60_000 * ROUNDS);
  console.log(`FAULT_SEED=${seed}`);
  const random = createRandom(seed);
  let id = "";
  let claims = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const page = await pageOf(browser, url, "ana");
    id ||= await newDocument(page, "Sudden death");
    let saved = "";
    await page.exposeFunction("reportSaved", (text: string) => {
      saved = text;
      claims++;
    });
    await openDocument(page, id);
    // The claim is what counts: the text at the moment when the words appear.
    await page.evaluate(() => {
      const report = (window as unknown as { reportSaved(text: string): void }).reportSaved;
      let before = "";
      new MutationObserver(() => {
        const state = [...document.querySelectorAll("[role=status]")].map((node) => node.textContent?.trim() ?? "");
        const now = state.find((text) => /^(Saved|All changes saved|Saving|Connecting|Offline|Not)/.test(text)) ?? "";
        const isClaim = (text: string) => text === "Saved" || text === "All changes saved";
        if (isClaim(now) && !isClaim(before)) report(document.querySelector(".ProseMirror")?.textContent ?? "");
        before = now;
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    await caretTo(page, "end");

    let typing = true;
    const keepTyping = (async () => {
      for (let n = 0; typing; n++) {
        // Short pauses and some that are long enough for the page to say Saved.
        await page.keyboard.type(`r${round}w${n} `, { delay: 10 });
        await pause(random() < 0.4 ? 400 + random() * 500 : random() * 150);
      }
    })();
    await pause(3_000 + random() * 2_000);
    await embedded.kill();
    const promised = plain(saved);
    typing = false;
    await keepTyping;
    await page.context().close();

    await start();
    const fresh = await pageOf(browser, url, "ben");
    await openDocument(fresh, id);
    const found = plain(await textOf(fresh));
    await fresh.context().close();
    const words = promised.split(" ").filter((word) => word.startsWith(`r${round}w`)).length;
    const kept = found.startsWith(promised);
    console.log(
      `kill ${round + 1}: ${words} words had been called Saved, ${kept ? "all are there" : "NOT all are there"}`,
    );
    expect(words).toBeGreaterThan(0);
    expect(found.slice(0, promised.length), `FAULT_SEED=${seed}`).toBe(promised);
  }
  console.log(`${ROUNDS} kills, ${claims} times Saved`);
  expect(claims).toBeGreaterThan(ROUNDS);
});

test("a second process on the same folder is refused, and SIGTERM ends the first with 0", async ({ request: _ }) => {
  const second = startProcess("embedded", { PORT: String(await freePort()), DATA_DIR: dataDir });
  expect(await second.ended).toBe(1);
  expect(second.output()).toMatch(/already|in use|another/i);
  expect(await embedded.stop()).toBe(0);
  const before = Date.now();
  await start();
  console.log(`second start ready in ${Date.now() - before} ms`);
  expect(Date.now() - before).toBeLessThan(30_000);
});
