// Who may enter, and with which close code the others are turned away.
import { editor, expect, newDocument, pageOf, sessionOf, test } from "./fixtures.ts";
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

  test("a document in the trash: 4404, and its page says so and restores it", async ({ app, twoPeople: { ana } }) => {
    const trashed = await newDocument(ana, "Old plans");
    expect((await ana.request.delete(`/api/documents/${trashed}`)).ok()).toBe(true);
    const headers = { ...(await cookie(app.url, "ana")), origin: app.url };
    expect(await closeCode(`${app.url}/ws/prosemirror/${trashed}`, headers)).toBe(4404);
    await ana.goto(`/documents/${trashed}`);
    await expect(ana.getByRole("heading", { name: /Old plans.* is in the trash/ })).toBeVisible();
    await expect(editor(ana)).toHaveCount(0);
    await ana.getByRole("button", { name: "Restore" }).click();
    await expect(editor(ana)).toHaveAttribute("contenteditable", "true");
  });
});

test("Vera, who is not staff, gets a friendly page instead of the documents", async ({ app, browser }) => {
  const vera = await pageOf(browser, app.url, "vera");
  await vera.goto("/documents");
  await expect(vera.getByRole("heading", { level: 1, name: /for staff/ })).toBeVisible();
  await expect(vera.getByRole("button", { name: "New document" })).toHaveCount(0);
  expect((await vera.request.get("/api/documents")).status()).toBe(403);
  await vera.context().close();
});

test("without a session the pages lead to the login; a wrong password is refused", async ({ page }) => {
  await page.goto("/documents");
  await expect(page).toHaveURL(/\/login/);
  await page.getByLabel("E-mail").fill(people.ana);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "wrong" })).toBeVisible();
  await expect(page).toHaveURL(/\/login/);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page).toHaveURL(/\/documents$/);
});

test("one click fills in a demo account; signing out ends the session", async ({ page }) => {
  await page.goto("/login");
  await page.getByRole("button", { name: /^Ben/ }).click();
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page).toHaveURL(/\/documents$/);
  expect((await page.request.get("/api/documents")).status()).toBe(200);
  await page.getByRole("button", { name: /^Account of Ben/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/login/);
  expect((await page.request.get("/api/documents")).status()).toBe(401);
});

test("a document that does not exist has a page that says so, and a status", async ({ twoPeople: { ana } }) => {
  const response = await ana.goto("/documents/nosuchdocument");
  expect(response?.status()).toBe(404);
  await expect(ana.getByRole("heading", { level: 1 })).toContainText("no document here");
  await ana.getByRole("link", { name: "All documents" }).click();
  await expect(ana.getByRole("button", { name: /new document/i }).first()).toBeVisible();
});
