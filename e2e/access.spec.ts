// Who may enter, and with which close code the others are turned away.
import { expect, newDocument, pageOf, sessionOf, test } from "./fixtures.ts";
import { cookieHeader, PASSWORD, people } from "./people.ts";
import { closeCode } from "./raw-client.ts";

test.describe("sockets", () => {
  let id = "";
  test.beforeAll(async ({ app, browser }) => {
    const ana = await pageOf(browser, app.url, "ana");
    id = await newDocument(ana, "Closed doors");
    await ana.context().close();
  });
  const cookie = async (url: string, who: "ana" | "vera") => ({ cookie: cookieHeader(await sessionOf(url, who)) });

  test("somebody who is not staff: 4403", async ({ app }) => {
    const headers = { ...(await cookie(app.url, "vera")), origin: app.url };
    expect(await closeCode(`${app.url}/ws/prosemirror/${id}`, headers)).toBe(4403);
  });

  test("another site's page: 4403, even with a good cookie", async ({ app }) => {
    const headers = { ...(await cookie(app.url, "ana")), origin: "https://evil.example" };
    expect(await closeCode(`${app.url}/ws/prosemirror/${id}`, headers)).toBe(4403);
  });

  test("nobody, and a forged cookie: 4401", async ({ app }) => {
    const address = `${app.url}/ws/prosemirror/${id}`;
    expect(await closeCode(address, { origin: app.url })).toBe(4401);
    const forged = { cookie: "next-auth.session-token=%zz.garbage", origin: app.url };
    expect(await closeCode(address, forged)).toBe(4401);
  });

  test("a document that does not exist: 4404", async ({ app }) => {
    const headers = { ...(await cookie(app.url, "ana")), origin: app.url };
    expect(await closeCode(`${app.url}/ws/prosemirror/nosuchdocument`, headers)).toBe(4404);
    expect(await closeCode(`${app.url}/ws/elsewhere`, headers)).toBe(4404);
  });

  test("a document in the trash: 4404, and its page says so", async ({ app, twoPeople: { ana } }) => {
    const trashed = await newDocument(ana, "Old plans");
    expect((await ana.request.delete(`/api/documents/${trashed}`)).ok()).toBe(true);
    const headers = { ...(await cookie(app.url, "ana")), origin: app.url };
    expect(await closeCode(`${app.url}/ws/prosemirror/${trashed}`, headers)).toBe(4404);
    await ana.goto(`/documents/${trashed}`);
    await expect(ana.getByText(/trash/i).first()).toBeVisible();
    await expect(ana.locator(".ProseMirror")).toHaveCount(0);
  });
});

test("Vera, who is not staff, gets a friendly page instead of the documents", async ({ app, browser }) => {
  const vera = await pageOf(browser, app.url, "vera");
  await vera.goto("/documents");
  await expect(vera.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(vera.getByText(/staff/i).first()).toBeVisible();
  await expect(vera.getByRole("button", { name: /new document/i })).toHaveCount(0);
  expect((await vera.request.get("/api/documents")).status()).toBe(403);
  await vera.context().close();
});

test("without a session the pages lead to the login, and a wrong password is refused", async ({ page }) => {
  await page.goto("/documents");
  await expect(page).toHaveURL(/\/login/);
  await page.getByLabel(/e-?mail/i).fill(people.ana);
  await page.getByLabel(/password/i).fill("not the password");
  await page.getByRole("button", { name: /^(log|sign) in/i }).click();
  await expect(page.getByRole("alert").filter({ hasText: /\w/ }).first()).toBeVisible();
  await expect(page).toHaveURL(/\/login/);
  await page.getByLabel(/password/i).fill(PASSWORD);
  await page.getByRole("button", { name: /^(log|sign) in/i }).click();
  await expect(page).toHaveURL(/\/documents/);
});

test("one click fills in a demo account; signing out ends the session", async ({ page }) => {
  await page.goto("/login");
  await page.getByRole("button", { name: /ben/i }).click();
  const submit = page.getByRole("button", { name: /^(log|sign) in/i });
  if (/\/login/.test(page.url())) await submit.click();
  await expect(page).toHaveURL(/\/documents/);
  expect((await page.request.get("/api/documents")).status()).toBe(200);
  await page
    .getByRole("button", { name: /ben|account|menu/i })
    .first()
    .click();
  await page.getByRole("menuitem", { name: /(log|sign) out/i }).click();
  await expect(page).toHaveURL(/\/login/);
  expect((await page.request.get("/api/documents")).status()).toBe(401);
});
