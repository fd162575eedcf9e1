// What is touched is large enough for a finger: 44 px both ways, on every page of a phone.
import { devices, type Page } from "@playwright/test";
import { editor, expect, login, newDocument, openDocument, test } from "./fixtures.ts";

const LEAST = 44;

/** Name and size of what can be touched and is smaller; links inside a sentence are text. */
async function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const controls = document.querySelectorAll<HTMLElement>(
      "button, a[href], input, select, textarea, summary, [role=button], [role^=menuitem], [role=option]",
    );
    const isTouched = (element: HTMLElement) => {
      const box = element.getBoundingClientRect();
      const inText = element.closest("p, .prose p, li > p") && element.tagName === "A";
      return (
        element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
        box.width > 1 &&
        box.height > 1 &&
        !inText
      );
    };
    return [...controls].filter(isTouched).flatMap((element) => {
      // A label around a box is touched for it, and a link that is laid over its row is as large as the row.
      const isOver = getComputedStyle(element, "::after").position === "absolute";
      const touched = (isOver ? element.offsetParent : element.closest("label")) ?? element;
      const { width, height } = touched.getBoundingClientRect();
      const name = element.getAttribute("aria-label") ?? element.textContent?.trim().slice(0, 30) ?? "";
      const isSmall = Math.round(width) < least || Math.round(height) < least;
      return isSmall
        ? [`${element.tagName.toLowerCase()} "${name}": ${Math.round(width)} x ${Math.round(height)}`]
        : [];
    });
  }, LEAST);
}

test("login, list, document and their menus", async ({ app, browser }) => {
  const context = await browser.newContext({ ...devices["Pixel 7"], baseURL: app.url });
  const page = await context.newPage();
  const found: Record<string, string[]> = {};
  await page.goto("/login");
  await expect(page.getByRole("button", { name: "Log in" })).toBeEnabled();
  found.login = await tooSmall(page);
  await login(page, app.url, "ana");
  const id = await newDocument(page, "In the hand");
  await page.goto("/documents");
  await expect(page.getByRole("link", { name: "In the hand" })).toBeVisible();
  found.list = await tooSmall(page);
  await page.getByRole("button", { name: "Actions for In the hand" }).tap();
  await expect(page.getByRole("menuitem").first()).toBeVisible();
  found["menu of a row"] = await tooSmall(page);
  await page.keyboard.press("Escape");
  await openDocument(page, id);
  await editor(page).tap();
  await page.keyboard.type("- [ ] task\n\n/callout\n");
  await page.keyboard.type("Mind this");
  found.document = await tooSmall(page);
  await page.getByRole("button", { name: "Insert" }).tap();
  await expect(page.getByRole("menuitem").first()).toBeVisible();
  found["menu of the toolbar"] = await tooSmall(page);
  await context.close();
  expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, []])));
});
