// What specs are written with: a running app (one embedded process for all specs of a run, on a data folder of its
// own), people who are logged in, documents to write in, and words for what a page shows.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Browser,
  type BrowserContextOptions,
  test as base,
  expect,
  type Locator,
  type Page,
} from "@playwright/test";
import { logIn, type Person } from "./people.ts";
import { freePort, startProcess, untilReady } from "./processes.ts";

export { expect };

/** The app under test. */
export interface App {
  url: string;
}

const cookiesOf = new Map<string, Map<string, string>>();

/** The session cookies of a person, from one login per app and person. */
export async function sessionOf(url: string, who: Person): Promise<Map<string, string>> {
  const key = `${url} ${who}`;
  const known = cookiesOf.get(key);
  if (known) return known;
  const cookies = await logIn(url, who);
  cookiesOf.set(key, cookies);
  return cookies;
}

/** Gives the page's browser context a person's session. */
export async function login(page: Page, url: string, who: Person): Promise<void> {
  const cookies = await sessionOf(url, who);
  await page.context().addCookies([...cookies].map(([name, value]) => ({ name, value, url })));
}

/** A page of its own browser context in which `who` is logged in. */
export async function pageOf(
  browser: Browser,
  url: string,
  who: Person,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, ...options });
  const page = await context.newPage();
  await login(page, url, who);
  return page;
}

/** Makes a document through the API as the page's person. Answers its id. */
export async function newDocument(page: Page, title: string): Promise<string> {
  const response = await page.request.post("/api/documents", { data: { title } });
  expect(response.status(), await response.text()).toBe(201);
  const { id } = (await response.json()) as { id: string };
  return id;
}

/** The text area of a document page. */
export function editor(page: Page): Locator {
  return page.getByRole("textbox", { name: "Document text" });
}

/** Opens a document and waits until it can be written in. */
export async function openDocument(page: Page, id: string): Promise<void> {
  await page.goto(`/documents/${id}`);
  await expect(editor(page)).toHaveAttribute("contenteditable", "true");
}

/** What is written, one line per block, without the others' cursors. */
export function textOf(page: Page): Promise<string> {
  return editor(page).evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement;
    for (const extra of copy.querySelectorAll(".ProseMirror-widget, .code-tools")) extra.remove();
    return [...copy.children].map((block) => (block.textContent ?? "").replaceAll("\u2060", "")).join("\n");
  });
}

/** The texts of what a locator finds in the editor, without the others' cursors. */
export function textsOf(found: Locator): Promise<string[]> {
  return found.evaluateAll((elements) =>
    elements.map((element) => {
      const copy = element.cloneNode(true) as Element;
      for (const cursor of copy.querySelectorAll(".ProseMirror-widget")) cursor.remove();
      return (copy.textContent ?? "").replaceAll("\u2060", "");
    }),
  );
}

/** Pastes text at the caret, for texts that would take long to type. */
export async function paste(page: Page, text: string): Promise<void> {
  await editor(page).evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** The save state: Saving…, Saved, Offline, Not sent yet … */
export function saveState(page: Page): Locator {
  return page.getByRole("status").filter({ hasText: SAVE_STATES });
}

const SAVE_STATES = /^(Saved|All changes saved|Saving…|Connecting…|Offline|Read only|Not sent yet|Not saved)/;

/** What the page says when every local edit is in the database. */
export const SAVED = /^(Saved|All changes saved)$/;

/** Waits until the page says that everything is in the database. */
export async function untilSaved(page: Page): Promise<void> {
  await expect(saveState(page)).toHaveText(SAVED);
}

/** Puts the caret at the start or the end of the text, and sees it there: just after a first click the editor may
 * put it back once. */
export async function caretTo(page: Page, place: "start" | "end"): Promise<void> {
  await editor(page).click();
  await expect(async () => {
    await page.keyboard.press(place === "start" ? "Control+Home" : "Control+End");
    expect(await textBeyondCaret(page, place)).toBe("");
  }).toPass();
}

/** The text between the caret and that end of the text, twice: now, and when the editor has settled. */
function textBeyondCaret(page: Page, place: "start" | "end"): Promise<string> {
  return editor(page).evaluate(async (element, end) => {
    const beyond = () => {
      const { anchorNode, anchorOffset } = getSelection() ?? {};
      if (!anchorNode) return "no caret";
      const range = document.createRange();
      range.selectNodeContents(element);
      if (end === "start") range.setEnd(anchorNode, anchorOffset ?? 0);
      else range.setStart(anchorNode, anchorOffset ?? 0);
      const part = range.cloneContents();
      for (const widget of part.querySelectorAll(".ProseMirror-widget")) widget.remove();
      return part.textContent ?? "";
    };
    const now = beyond();
    await new Promise((resolve) => setTimeout(resolve, 50));
    return now + beyond();
  }, place);
}

export const test = base.extend<{ twoPeople: { ana: Page; ben: Page } }, { app: App }>({
  app: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
    async ({}, use) => {
      const dataDir = await mkdtemp(join(tmpdir(), "yroom-e2e-"));
      const port = await freePort();
      const url = `http://localhost:${port}`;
      const embedded = startProcess("embedded", { PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: "info" });
      try {
        await untilReady(url, embedded);
        await use({ url });
      } finally {
        await embedded.stop();
        await rm(dataDir, { recursive: true, force: true });
      }
    },
    { scope: "worker", timeout: 90_000 },
  ],
  baseURL: async ({ app }, use) => use(app.url),
  /** Ana and Ben, each in a browser context of their own. */
  twoPeople: async ({ app, browser }, use) => {
    const ana = await pageOf(browser, app.url, "ana");
    const ben = await pageOf(browser, app.url, "ben");
    await use({ ana, ben });
    await ana.context().close();
    await ben.context().close();
  },
});
