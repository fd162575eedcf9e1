// Everything with the keyboard alone, from the login to the trash and back: nothing here clicks, fills a field by
// itself or moves the focus otherwise. At each stop the focus is on something that has a name and can be seen.
import type { Page } from "@playwright/test";
import { editor, expect, newDocument, openDocument, test, textOf, untilSaved } from "./fixtures.ts";
import { PASSWORD, people } from "./people.ts";

type Name = string | RegExp;

const focus = (page: Page) => page.locator(":focus");

/** What has the focus without a ring around it, or around what it stretches over; "" if it has one. In the title and
 * in the text the caret is enough. */
function withoutRing(page: Page): Promise<string> {
  return focus(page).evaluate((element) => {
    const hasRing = [null, "::after"].some((part) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element, part);
      return outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0;
    });
    return hasRing || element.matches(".ProseMirror, .document-title") ? "" : element.outerHTML.slice(0, 200);
  });
}

/** The focus is on what is called `name`, with a ring. */
async function isOn(page: Page, name: Name): Promise<void> {
  await expect(focus(page)).toHaveAccessibleName(name);
  await expect.poll(() => withoutRing(page)).toBe("");
}

/** Where one writes the caret is the ring. */
const isOnText = (page: Page) => expect(editor(page)).toBeFocused();

/** Moves the caret. The editor hears of it a moment later; keys as fast as these would be ahead of it. */
async function move(page: Page, key: string): Promise<void> {
  const twoFrames = () =>
    page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await twoFrames();
  await page.keyboard.press(key);
  await twoFrames();
}

/** Presses `key` until what is called `name` has the focus. Whatever has it on the way has a name and a ring, too. */
async function goTo(page: Page, key: string, name: Name): Promise<void> {
  const way: string[] = [];
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press(key);
    // After the last stop comes the browser's own bar, and then the page as such.
    if ((await focus(page).count()) === 0) continue;
    const stop = /^- \S+ (?:"(.*?)"|\/(.*?)\/)/.exec(await focus(page).ariaSnapshot());
    const called = stop?.[1] ?? stop?.[2];
    if (!called)
      throw new Error(`no name: ${await focus(page).evaluate((element) => element.outerHTML.slice(0, 200))}`);
    await expect.poll(() => withoutRing(page)).toBe("");
    way.push(called);
    if (typeof name === "string" ? called === name : name.test(called)) return;
  }
  throw new Error(`${key} does not lead to ${name}, but to ${way.join(", ")}`);
}

test("from the login to the trash and back without a mouse", async ({ page }) => {
  await page.goto("/login");
  await expect(page.getByRole("button", { name: "Log in", exact: true })).toBeEnabled();
  await goTo(page, "Tab", "E-mail");
  await page.keyboard.type(people.ana);
  await goTo(page, "Tab", "Password");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "New document" })).toBeVisible();
  await goTo(page, "Tab", "New document");
  await page.keyboard.press("Enter");

  // Title and text.
  await expect(editor(page)).toHaveAttribute("contenteditable", "true");
  await goTo(page, "Tab", "Title");
  await page.keyboard.type("By hand");
  await page.keyboard.press("Enter");
  await isOnText(page);
  await page.keyboard.type("Plan");

  // The toolbar: in, to a menu, to a button, and out.
  await page.keyboard.press("Alt+F10");
  await isOn(page, "Undo");
  await goTo(page, "ArrowRight", /^Block type/);
  await page.keyboard.press("Enter");
  await goTo(page, "ArrowDown", /^Heading 2/);
  await page.keyboard.press("Enter");
  await isOnText(page);
  await expect(editor(page).getByRole("heading", { level: 2, name: "Plan" })).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.type("bold soft");
  await move(page, "Shift+Control+ArrowLeft");
  await page.keyboard.press("Control+i");
  await expect(editor(page).locator("em")).toHaveText("soft");
  await move(page, "Home");
  await move(page, "Shift+Control+ArrowRight");
  await page.keyboard.press("Alt+F10");
  await goTo(page, "ArrowRight", "Bold");
  await page.keyboard.press("Enter");
  await isOnText(page);
  await expect(editor(page).locator("strong")).toHaveText(/^bold ?$/);

  // A list in a list.
  await move(page, "Control+End");
  await page.keyboard.press("Enter");
  await page.keyboard.type("- one");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.type("inner");
  await expect(editor(page).locator("li li")).toHaveText("inner");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.type("two");
  await expect(editor(page).locator("ul > li")).toHaveCount(3);
  await expect(editor(page).locator("li li")).toHaveText("inner");
  for (let n = 0; n < 2; n++) await page.keyboard.press("Enter");

  // A table.
  await page.keyboard.type("/table");
  await page.keyboard.press("Enter");
  await expect(editor(page).locator("th")).toHaveCount(3);
  for (let n = 0; n < 8; n++) await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.type("new row");
  await expect(editor(page).locator("tr")).toHaveCount(4);
  await page.keyboard.press("Alt+F10");
  await goTo(page, "ArrowRight", "Table");
  await page.keyboard.press("Enter");
  await goTo(page, "ArrowDown", /^Column after/);
  await page.keyboard.press("Enter");
  await isOnText(page);
  await expect(editor(page).locator("th")).toHaveCount(4);
  await expect(editor(page).locator("tr").last()).toHaveText("new row");

  // A link below it: made, looked at, changed, removed.
  await move(page, "Control+End");
  await page.keyboard.type("site");
  await move(page, "Shift+Control+ArrowLeft");
  await page.keyboard.press("Control+k");
  await isOn(page, "Address");
  await page.keyboard.type("example.org");
  await page.keyboard.press("Enter");
  await isOnText(page);
  await expect(editor(page).locator("a")).toHaveAttribute("href", "https://example.org");
  await page.keyboard.press("Control+k");
  await isOn(page, "Address");
  await goTo(page, "Tab", "Open link");
  const [opened] = await Promise.all([page.waitForEvent("popup"), page.keyboard.press("Enter")]);
  await opened.close();
  await goTo(page, "Shift+Tab", "Address");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("example.com");
  await page.keyboard.press("Enter");
  await expect(editor(page).locator("a")).toHaveAttribute("href", "https://example.com");
  await page.keyboard.press("Control+k");
  await goTo(page, "Tab", "Remove link");
  await page.keyboard.press("Escape");
  await isOnText(page);
  await page.keyboard.press("Control+k");
  await goTo(page, "Tab", "Remove link");
  await page.keyboard.press("Enter");
  await isOnText(page);
  await expect(editor(page).locator("a")).toHaveCount(0);

  // Looked for, and out again.
  await page.keyboard.press("Control+f");
  await isOn(page, "Find");
  await page.keyboard.type("soft");
  await page.keyboard.press("Enter");
  await goTo(page, "Tab", "Match case");
  await page.keyboard.press("Space");
  await expect(page.getByRole("search").getByRole("status")).toHaveText("1 of 1");
  await page.keyboard.press("Escape");
  await isOnText(page);
  await expect.poll(() => page.evaluate(() => String(getSelection()))).toBe("soft");
  const text = await textOf(page);
  await untilSaved(page);

  // Shared: its link, and as a file. Then back to the list.
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await goTo(page, "Shift+Tab", "Share");
  await page.keyboard.press("Enter");
  await isOn(page, "Copy link");
  await page.keyboard.press("Enter");
  await isOn(page, "Share");
  await expect(page.getByText("The link is copied.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  await page.keyboard.press("Enter");
  await goTo(page, "ArrowDown", /^Plain text/);
  const [file] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  expect(file.suggestedFilename()).toBe("By hand.txt");
  await isOn(page, "Share");
  await goTo(page, "Shift+Tab", "All documents");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "By hand" })).toBeVisible();
  await goTo(page, "Tab", "By hand");
  await goTo(page, "Tab", "Actions for By hand");
  await page.keyboard.press("Enter");
  await goTo(page, "ArrowDown", "Move to trash");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "By hand" })).toHaveCount(0);
  await expect(page.locator("main :focus")).toHaveCount(1);

  await goTo(page, "Shift+Tab", "Trash");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Trash" })).toBeVisible();
  await goTo(page, "Tab", "Restore By hand");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Restore By hand" })).toHaveCount(0);
  await expect(page.locator("main :focus")).toHaveCount(1);
  await goTo(page, "Shift+Tab", "Documents");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Documents" })).toBeVisible();
  await goTo(page, "Tab", "By hand");
  await page.keyboard.press("Enter");
  await expect.poll(() => textOf(page)).toBe(text);
});

test("Escape leaves the toolbar at once, also while it says what a button does", async ({ twoPeople: { ana } }) => {
  await openDocument(ana, await newDocument(ana, "Out"));
  await editor(ana).click();
  await ana.keyboard.press("Alt+F10");
  await ana.keyboard.press("ArrowRight");
  await expect(ana.locator(".tooltip")).toContainText("Redo");
  await ana.keyboard.press("Escape");
  await isOnText(ana);
  await expect(ana.locator(".tooltip")).toHaveCount(0);
});
