// The person at the measured browser: opens the document, types in several places, at the pace of a quick typist.
import type { BrowserContext, Locator, Page } from "@playwright/test";
import "./marks.ts";

export interface Typing {
  place: string;
  keys: number[];
  tasks: number[];
}

/** ms between two keys. */
const PACE = 120;
const TEXT = "We met on Monday and decided to write this down together. ";

/** Opens the document in a new tab; answers the page, and ms from the visit's start to text that can be read. */
export async function open(context: BrowserContext, url: string): Promise<{ page: Page; readable: number }> {
  const page = await context.newPage();
  await page.goto(url);
  const readable = await page.waitForFunction(() => window.marks.readable, null, { timeout: 60_000, polling: 50 });
  await page.locator(".ProseMirror[contenteditable=true]").waitFor({ timeout: 60_000 });
  return { page, readable: Number(await readable.jsonValue()) };
}

/** Where the person types, and what is pressed there besides letters. */
const places: { place: string; selector: string; extra: string[] }[] = [
  { place: "paragraph", selector: ".ProseMirror > p", extra: ["Enter", "Backspace", "Control+b", "Control+b"] },
  { place: "heading", selector: ".ProseMirror > h2", extra: ["Backspace"] },
  { place: "list", selector: ".ProseMirror > ul p", extra: ["Enter", "Tab", "Shift+Tab", "Backspace"] },
  { place: "table cell", selector: ".ProseMirror td p", extra: ["Enter", "Backspace"] },
];

/** Clicks until the caret is there: what comes into view gets its height then, and moves what is below. */
async function caretInto(page: Page, target: Locator): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) {
    await target.scrollIntoViewIfNeeded();
    await page.waitForTimeout(500);
    await target.click();
    if (await target.evaluate((element) => element.contains(getSelection()?.anchorNode ?? null))) return;
  }
  throw new Error("the caret does not go where it is clicked");
}

/** Types `keys` keys at every place; what is slow is in the answer. */
export async function type(page: Page, keys: number): Promise<Typing[]> {
  const found: Typing[] = [];
  for (const { place, selector, extra } of places) {
    const all = page.locator(selector);
    const target = all.nth(Math.floor((await all.count()) / 2));
    await caretInto(page, target);
    await page.keyboard.press("End");
    // Pictures that came into view, and the click itself, are not typing.
    await page.waitForTimeout(1_000);
    await page.evaluate(() => {
      window.marks.keys.length = 0;
      window.marks.tasks.length = 0;
    });
    for (let pressed = 0; pressed < keys; pressed++) {
      const due = Date.now() + PACE;
      const other = pressed % 15 === 14 ? extra[Math.floor(pressed / 15) % extra.length] : undefined;
      await page.keyboard.press(other ?? TEXT.charAt(pressed % TEXT.length));
      await page.waitForTimeout(Math.max(0, due - Date.now()));
    }
    await page.waitForTimeout(500);
    const { keys: times, tasks } = await page.evaluate(() => window.marks);
    found.push({ place, keys: [...times], tasks: [...tasks] });
  }
  return found;
}
