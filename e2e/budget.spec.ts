// How much JavaScript a page brings before anything heavy is used: what the browser loads of it, compressed as the
// server sends it. Whoever makes a page heavier learns it here; the figures and the goals are in docs/performance.md.
import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { expect, newDocument, openDocument, pageOf, saveState, test } from "./fixtures.ts";

/** kB (1000 bytes), gzip. */
const budgets = { login: 145, list: 150.5, document: 333 };

/** Counts every script that the page loads from now on, but for what it fetches ahead in idle time: there is none. */
async function scriptsOf(page: Page): Promise<() => Promise<number>> {
  const sizes: Promise<number>[] = [];
  await page.addInitScript(() => {
    window.requestIdleCallback = () => 0;
  });
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script") return;
    sizes.push(response.body().then((body) => gzipSync(body).length));
  });
  return async () => {
    // Until there is silence: the list never stops asking for news, so the network never is.
    let known = -1;
    await expect(() => {
      const before = known;
      known = sizes.length;
      expect(known).toBe(before);
    }).toPass({ intervals: [1000] });
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1000;
  };
}

test("the scripts of the login, the list and an empty document stay within their budgets", async ({ app, browser }) => {
  const stranger = await browser.newPage({ baseURL: app.url });
  const login = await scriptsOf(stranger);
  await stranger.goto("/login");
  await expect(stranger.getByRole("button", { name: "Log in" })).toBeEnabled();
  const ofLogin = await login();
  await stranger.close();

  const ana = await pageOf(browser, app.url, "ana");
  const id = await newDocument(ana, "How heavy");
  const list = await scriptsOf(ana);
  await ana.goto("/documents");
  await expect(ana.getByRole("link", { name: "How heavy" })).toBeVisible();
  const ofList = await list();
  await ana.context().close();

  const ben = await pageOf(browser, app.url, "ben");
  const document = await scriptsOf(ben);
  await openDocument(ben, id);
  await expect(saveState(ben)).toBeVisible();
  const ofDocument = await document();
  await ben.context().close();

  const figures = { login: ofLogin, list: ofList, document: ofDocument };
  console.log(
    Object.entries(figures)
      .map(([name, size]) => `${name} ${size.toFixed(1)} kB of JavaScript`)
      .join(", "),
  );
  for (const [name, size] of Object.entries(figures)) {
    // A page without scripts would not have been enabled.
    expect(size, name).toBeGreaterThan(100);
    expect(size, name).toBeLessThanOrEqual(budgets[name as keyof typeof budgets]);
  }
});
