// Following a person: the view goes where they write, until one does anything oneself.
import { devices, type Page } from "@playwright/test";
import { complaints } from "./axe.ts";
import { caretTo, editor, expect, login, newDocument, openDocument, paste, test, textOf } from "./fixtures.ts";

const far = "words\n\n".repeat(40);

function avatar(page: Page) {
  return page.getByRole("list", { name: "Also here" }).getByRole("button", { name: /follow/ });
}

function said(page: Page) {
  return page.getByRole("status").filter({ hasText: /following/i });
}

async function bothInALongText(ana: Page, ben: Page, title: string): Promise<void> {
  const id = await newDocument(ana, title);
  await Promise.all([openDocument(ana, id), openDocument(ben, id)]);
  await editor(ben).click();
  await paste(ben, `# top\n\n${far}bottom`);
  await expect.poll(() => textOf(ana)).toContain("bottom");
}

test("the view goes where the other writes; one's own caret and the other stay; a key ends it", async ({
  twoPeople: { ana, ben },
}) => {
  await ana.emulateMedia({ reducedMotion: "reduce" });
  await bothInALongText(ana, ben, "Follow");
  await caretTo(ana, "start");
  await expect(editor(ana).getByText("bottom")).not.toBeInViewport();

  await avatar(ana).focus();
  await ana.keyboard.press("Enter");
  await expect(avatar(ana)).toHaveAttribute("aria-pressed", "true");
  await expect(said(ana)).toHaveText(/^Following Ben.*\. Press Escape to stop\.$/);
  await expect(ana.locator(".follow-frame")).toContainText("Press Esc to stop.");
  await expect(editor(ana).getByText("bottom")).toBeInViewport();
  await caretTo(ben, "start");
  await expect(editor(ana).getByRole("heading", { name: "top" })).toBeInViewport();
  await caretTo(ben, "end");
  await paste(ben, `\n\n${far}further`);
  await expect(editor(ana).getByText("further")).toBeInViewport();

  await ana.keyboard.press("Escape");
  await expect(avatar(ana)).toHaveAttribute("aria-pressed", "false");
  await expect(ana.locator(".follow-frame")).toHaveCount(0);
  await expect(said(ana)).toHaveText(/^No longer following Ben/);
  await caretTo(ben, "start");
  await ben.keyboard.type("new ");
  await expect.poll(() => textOf(ana)).toContain("new top");
  await expect(editor(ana).getByText("new top")).not.toBeInViewport();
  // The caret is where it was: before what Ben wrote there or behind it, not at the end.
  await editor(ana).focus();
  await ana.keyboard.type("mine");
  expect((await textOf(ana)).split("\n")[0]).toContain("mine");
});

test("wheel, click and key end it; the avatar switches it on and off", async ({ twoPeople: { ana, ben } }) => {
  await bothInALongText(ana, ben, "Ends");
  const frame = ana.locator(".follow-frame");
  const actions: [string, () => Promise<void>][] = [
    ["wheel", () => ana.mouse.wheel(0, 40)],
    ["click", () => ana.mouse.click(640, 400)],
    ["key", () => ana.keyboard.press("ArrowDown")],
    ["avatar", () => avatar(ana).click()],
    ["avatar by key", () => avatar(ana).press("Space")],
  ];
  for (const [name, act] of actions) {
    await avatar(ana).click();
    await expect(frame, name).toBeVisible();
    await ana.mouse.move(640, 400);
    await ana.keyboard.press("Control");
    await expect(frame, name).toBeVisible();
    await act();
    await expect(frame, name).toHaveCount(0);
  }
});

test("ends when that person leaves, and says so", async ({ twoPeople: { ana, ben } }) => {
  await bothInALongText(ana, ben, "Leaves");
  await avatar(ana).click();
  await expect(ana.locator(".follow-frame")).toBeVisible();
  await ben.goto("/documents");
  await expect(said(ana)).toHaveText(/^Ben.* has left\. No longer following\.$/);
  await expect(ana.locator(".follow-frame")).toHaveCount(0);
});

test("by touch: an avatar begins it, a touch of the page ends it", async ({ app, browser, twoPeople: { ben } }) => {
  const context = await browser.newContext({ ...devices["Pixel 7"], baseURL: app.url, reducedMotion: "reduce" });
  const page = await context.newPage();
  await login(page, app.url, "ana");
  await bothInALongText(page, ben, "Follow by touch");
  await avatar(page).tap();
  await expect(page.locator(".follow-frame")).toHaveText("Following Ben. Press Esc to stop.Touch the page to stop.");
  await expect(page.getByText("Touch the page to stop.")).toBeVisible();
  await expect(page.getByText("Press Esc to stop.")).toBeHidden();
  await expect(editor(page).getByText("bottom")).toBeInViewport();
  await page.touchscreen.tap(200, 300);
  await expect(page.locator(".follow-frame")).toHaveCount(0);
  await context.close();
});

test("axe finds nothing while somebody is followed", async ({ twoPeople: { ana, ben } }) => {
  await bothInALongText(ana, ben, "Follow");
  await avatar(ana).click();
  await expect(ana.locator(".follow-frame")).toBeVisible();
  expect(await complaints(ana)).toEqual([]);
});
