// The outline: leads to headings without moving anybody else, follows what is written, and counts words.
import { devices, type Page } from "@playwright/test";
import { complaints } from "./axe.ts";
import { caretTo, editor, expect, login, newDocument, openDocument, paste, test, untilSaved } from "./fixtures.ts";

const far = "words\n\n".repeat(30);

/** Three headings, far apart, and the caret at the end. */
async function writeHeadings(page: Page): Promise<void> {
  await editor(page).click();
  await paste(page, `before\n\n# Beginning\n\n${far}## Middle\n\n${far}### End\n\n${far}`);
  await expect(editor(page).getByRole("heading")).toHaveCount(3);
  await caretTo(page, "end");
}

function outline(page: Page) {
  return page.getByRole("navigation", { name: "Outline" });
}

function scrolled(page: Page): Promise<number> {
  return page.evaluate(() => Math.round(scrollY));
}

test("a click leads to a heading and marks it, moves nobody else, and the choice is remembered", async ({
  twoPeople: { ana, ben },
}) => {
  const id = await newDocument(ana, "Outline");
  await Promise.all([openDocument(ana, id), openDocument(ben, id)]);
  await expect(outline(ana)).toHaveCount(0);
  await ana.getByRole("button", { name: "Outline" }).click();
  await expect(outline(ana)).toContainText("No headings yet");
  await writeHeadings(ana);
  const headings = outline(ana).getByRole("list").getByRole("button");
  await expect(headings).toHaveText(["Beginning", "Middle", "End"]);
  await expect(editor(ben).getByRole("heading")).toHaveCount(3);
  await caretTo(ben, "start");
  const there = await scrolled(ben);

  await headings.nth(1).click();
  await expect(editor(ana)).toBeFocused();
  await expect(editor(ana).getByRole("heading", { name: "Middle" })).toBeInViewport();
  await expect(headings.nth(1)).toHaveAttribute("aria-current", "location");
  await expect(outline(ana).locator("[aria-current]")).toHaveCount(1);
  await ana.keyboard.type("The ");
  await expect(headings).toHaveText(["Beginning", "The Middle", "End"]);
  await expect(editor(ben).getByRole("heading").nth(1)).toContainText("The");
  expect(await scrolled(ben)).toBe(there);

  // Scrolled away from the caret, it marks what is read.
  await ana.evaluate(() => scrollTo(0, 0));
  await expect(outline(ana).locator("[aria-current]")).toHaveCount(0);
  await ana.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await expect(headings.nth(2)).toHaveAttribute("aria-current", "location");

  // Somebody else's headings come and go.
  await ben.keyboard.type("# ");
  await expect(headings).toHaveText(["before", "Beginning", "The Middle", "End"]);

  await untilSaved(ana);
  await openDocument(ana, id);
  await expect(headings).toHaveCount(4);
  await ana.getByRole("button", { name: "Close the outline" }).click();
  await expect(outline(ana)).toHaveCount(0);
  await openDocument(ana, id);
  await expect(ana.getByRole("button", { name: "Outline" })).toHaveAttribute("aria-expanded", "false");
  await expect(outline(ana)).toHaveCount(0);
});

test("from the keyboard alone: there, through it, to a heading, and back", async ({ twoPeople: { ana } }) => {
  const id = await newDocument(ana, "Outline by keyboard");
  await openDocument(ana, id);
  await writeHeadings(ana);
  await ana.keyboard.press("Control+Shift+O");
  const heading = (name: string) => outline(ana).getByRole("button", { name, exact: true });
  await expect(heading("End")).toBeFocused();
  await ana.keyboard.press("ArrowUp");
  await expect(heading("Middle")).toBeFocused();
  await ana.keyboard.press("Home");
  await expect(heading("Beginning")).toBeFocused();
  await ana.keyboard.press("ArrowDown");
  await ana.keyboard.press("Enter");
  await expect(editor(ana)).toBeFocused();
  await ana.keyboard.type("The ");
  await expect(editor(ana).getByRole("heading", { name: "The Middle" })).toBeInViewport();
  await ana.keyboard.press("Control+Shift+O");
  await expect(heading("The Middle")).toBeFocused();
  await ana.keyboard.press("Escape");
  await expect(editor(ana)).toBeFocused();
  await ana.keyboard.press("Control+Shift+O");
  await ana.keyboard.press("Control+Shift+O");
  await expect(outline(ana)).toHaveCount(0);

  await ana.keyboard.press("Control+/");
  await expect(ana.getByRole("dialog", { name: "Keyboard shortcuts" })).toContainText("Outline");
});

test("without room it lies over the text until a heading is chosen; on a phone it is a sheet", async ({
  twoPeople: { ana },
}) => {
  await ana.setViewportSize({ width: 1000, height: 700 });
  const id = await newDocument(ana, "Narrow");
  await openDocument(ana, id);
  await writeHeadings(ana);
  const dialog = ana.getByRole("dialog", { name: "Outline" });
  await ana.getByRole("button", { name: "Outline" }).click();
  await expect(dialog.getByRole("button", { name: "End" })).toBeFocused();
  await ana.keyboard.press("Home");
  await ana.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(editor(ana)).toBeFocused();
  await expect(editor(ana).getByRole("heading", { name: "Beginning" })).toBeInViewport();
  await ana.keyboard.type("The ");
  await expect(editor(ana).getByRole("heading", { name: "The Beginning" })).toBeVisible();

  await ana.setViewportSize({ width: 390, height: 800 });
  await ana.getByRole("button", { name: "Outline" }).click();
  await expect(dialog).toBeVisible();
  const { y, height } = (await dialog.boundingBox()) ?? { y: 0, height: 0 };
  expect(Math.round(y + height)).toBe(800);
  expect(y).toBeGreaterThan(150);
  expect(await ana.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await ana.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
});

test("by touch it leads to a heading without calling the keyboard", async ({ app, browser }) => {
  const context = await browser.newContext({ ...devices["Pixel 7"], baseURL: app.url });
  const page = await context.newPage();
  await login(page, app.url, "ben");
  const id = await newDocument(page, "By touch");
  await openDocument(page, id);
  await writeHeadings(page);
  await page.getByRole("button", { name: "Outline" }).tap();
  const dialog = page.getByRole("dialog", { name: "Outline" });
  const heading = dialog.getByRole("button", { name: "Beginning" });
  expect((await heading.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await heading.tap();
  await expect(dialog).toHaveCount(0);
  await expect(editor(page).getByRole("heading", { name: "Beginning" })).toBeInViewport();
  await expect(editor(page)).not.toBeFocused();
  await context.close();
});

test("counts words, of the selection when there is one, in any script", async ({ twoPeople: { ana, ben } }) => {
  const id = await newDocument(ana, "Count");
  await Promise.all([openDocument(ana, id), openDocument(ben, id)]);
  await ana.getByRole("button", { name: "Outline" }).click();
  await expect(outline(ana)).toContainText("0 words");
  await editor(ana).click();
  await ana.keyboard.type("Three words here\n人工知能は便利です。");
  await expect(outline(ana)).toContainText("8 words, 1 min to read");
  await expect(outline(ana)).toContainText("26 characters");
  await ana.keyboard.press("Control+Home");
  await ana.keyboard.press("Shift+Control+ArrowRight");
  await ana.keyboard.press("Shift+Control+ArrowRight");
  await expect(outline(ana)).toContainText("2 of 8 words");
  await caretTo(ben, "end");
  await ben.keyboard.type(" two more");
  await expect(outline(ana)).toContainText("2 of 10 words");
  await ana.keyboard.press("ArrowRight");
  await expect(outline(ana)).toContainText("10 words, 1 min to read");
});

test("axe finds nothing in the outline, beside and over the text", async ({ twoPeople: { ana } }) => {
  const id = await newDocument(ana, "Outline");
  await openDocument(ana, id);
  await writeHeadings(ana);
  await ana.getByRole("button", { name: "Outline" }).click();
  await expect(outline(ana).locator("[aria-current]")).toHaveText("End");
  await expect(outline(ana)).toContainText("94 words");
  expect(await complaints(ana)).toEqual([]);
  await ana.setViewportSize({ width: 1000, height: 700 });
  await ana.getByRole("button", { name: "Outline" }).click();
  await expect(ana.getByRole("dialog", { name: "Outline" })).toContainText("94 words");
  expect(await complaints(ana)).toEqual([]);
});
