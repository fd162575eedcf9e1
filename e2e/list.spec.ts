// The list by keyboard and on a phone.
import { devices } from "@playwright/test";
import { expect, login, newDocument, test } from "./fixtures.ts";

test("a title typed key by key into the list is kept whole, and the focus stays in the row", async ({
  twoPeople: { ana },
}) => {
  await newDocument(ana, "Draft");
  await ana.goto("/documents");
  await ana.getByRole("button", { name: "Actions for Draft" }).click();
  await ana.getByRole("menuitem", { name: "Rename" }).click();
  await expect(ana.getByRole("textbox", { name: "Title" })).toBeFocused();
  await ana.keyboard.type("Typed key by key");
  await ana.keyboard.press("Enter");
  await expect(ana.getByRole("link", { name: "Typed key by key" })).toBeFocused();
});

test("by keyboard: arrows from the search to the rows; the focus stays near a row that goes", async ({
  twoPeople: { ana },
}) => {
  for (const title of ["Arrow three", "Arrow two", "Arrow one"]) await newDocument(ana, title);
  await ana.goto("/documents?q=Arrow");
  const link = (title: string) => ana.getByRole("link", { name: title });
  await expect(link("Arrow one")).toBeVisible();
  // The page shows before it listens.
  await expect(async () => {
    await ana.keyboard.press("/");
    await expect(ana.getByRole("searchbox")).toBeFocused({ timeout: 500 });
  }).toPass();
  await ana.keyboard.press("ArrowDown");
  await expect(link("Arrow one")).toBeFocused();
  await ana.keyboard.press("ArrowDown");
  await expect(link("Arrow two")).toBeFocused();
  await ana.getByRole("button", { name: "Actions for Arrow two" }).press("Enter");
  await ana.getByRole("menuitem", { name: "Move to trash" }).press("Enter");
  await expect(link("Arrow two")).toHaveCount(0);
  await expect(link("Arrow three")).toBeFocused();

  await ana.goto("/documents/trash");
  await ana.getByRole("button", { name: "Restore Arrow two" }).press("Enter");
  await expect(ana.getByRole("button", { name: "Restore Arrow two" })).toHaveCount(0);
  await expect(ana.locator("main :focus")).toHaveCount(1);
});

test("a long list keeps what was asked to be shown, and still tells what changes", async ({
  twoPeople: { ana, ben },
}) => {
  for (let number = 100; number < 155; number++) await newDocument(ana, `Many ${number}`);
  await ana.goto("/documents?q=Many");
  const rows = ana.getByRole("main").getByRole("listitem");
  await expect(rows).toHaveCount(50);
  await ana.getByRole("button", { name: "Show more" }).click();
  await expect(rows).toHaveCount(55);
  await newDocument(ben, "Many and one by Ben");
  await expect(rows.first()).toContainText("Many and one by Ben");
  await expect(rows).toHaveCount(56);
});

test("what could not be moved to the trash is not said to be there", async ({ twoPeople: { ana } }) => {
  await newDocument(ana, "Stays");
  await ana.goto("/documents");
  await ana.route("**/api/documents/*", (route) => route.fulfill({ status: 500, body: "{}" }));
  await ana.getByRole("button", { name: "Actions for Stays" }).click();
  await ana.getByRole("menuitem", { name: "Move to trash" }).click();
  await expect(ana.getByText("It could not be moved to the trash.")).toBeVisible();
  await expect(ana.getByText("Moved to trash.")).toHaveCount(0);
  await expect(ana.getByRole("link", { name: "Stays" })).toBeVisible();
});

test("on a phone the drawer leads to the theme and out", async ({ app, browser }) => {
  const context = await browser.newContext({ ...devices["Pixel 7"], baseURL: app.url });
  const page = await context.newPage();
  await login(page, app.url, "ben");
  await page.goto("/documents");
  await page.getByRole("button", { name: "Open navigation" }).tap();
  await page.getByRole("button", { name: /^Account of Ben/ }).tap();
  await page.getByRole("menuitemradio", { name: "Dark" }).tap();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  // In another tab, too, and from its first moment.
  const other = await context.newPage();
  await other.goto("/documents", { waitUntil: "commit" });
  await expect(other.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.getByRole("menuitemradio", { name: "Light" }).tap();
  await expect(other.locator("html")).toHaveAttribute("data-theme", "light");
  await other.close();
  await page.getByRole("menuitem", { name: "Sign out" }).tap();
  await expect(page).toHaveURL(/\/login/);
  await context.close();
});

test("who may not enter is redirected before anything is shown", async ({ app, request }) => {
  for (const path of ["/documents", "/documents/trash", "/documents/any"]) {
    const answer = await request.get(`${app.url}${path}`, { maxRedirects: 0 });
    expect(answer.status(), path).toBe(307);
  }
});

test("a menu opens from the keyboard at its first entry, also before its code has come", async ({
  twoPeople: { ana },
}) => {
  const title = "Slow menu";
  await newDocument(ana, title);
  await ana.goto("/documents");
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await ana.route("**/_next/static/chunks/**", async (route) => {
    await released;
    await route.continue();
  });
  const trigger = ana.getByRole("button", { name: `Actions for ${title}` });
  const [first, last] = [ana.getByRole("menuitem").first(), ana.getByRole("menuitem").last()];
  await trigger.press("ArrowDown");
  await expect(trigger).toHaveAttribute("aria-expanded", "true");
  await expect(first).toHaveCount(0);
  release();
  await expect(first).toBeFocused();
  await ana.keyboard.press("ArrowDown");
  await expect(last).toBeFocused();
  for (const [key, entry] of [
    ["Enter", first],
    ["ArrowUp", last],
    ["Space", first],
  ] as const) {
    await ana.keyboard.press("Escape");
    await expect(trigger).toBeFocused();
    await trigger.press(key);
    await expect(entry).toBeFocused();
  }
  await ana.keyboard.press("Escape");
  await expect(trigger).toHaveAttribute("aria-expanded", "false");
  await trigger.click();
  await expect(ana.getByRole("menu", { name: `Actions for ${title}` })).toBeVisible();
  await ana.mouse.click(5, 5);
  await expect(ana.getByRole("menu")).toHaveCount(0);
});
