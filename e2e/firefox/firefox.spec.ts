// The editor in Firefox: with somebody in Chromium in the same document, from the keyboard, pasted into, and on a bad
// network. What does not depend on the browser is tested in Chromium.
import { chromium, devices, type Page } from "@playwright/test";
import { chromiumPath } from "../../scripts/test-tools.mjs";
import {
  caretTo,
  editor,
  expect,
  login,
  newDocument,
  openDocument,
  pageOf,
  saveState,
  test,
  textOf,
  untilSaved,
} from "../fixtures.ts";
import { createGate } from "../gate.ts";
import { PASSWORD, people } from "../people.ts";

/** Everything that the page complains about. One page only in Firefox: another one would take its focus away. */
function complaintsOf(page: Page): string[] {
  const all: string[] = [];
  page.on("pageerror", (error) => all.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") all.push(message.text());
  });
  return all;
}

test("one logs in with Firefox and writes with somebody in Chromium", async ({ app, page: ana }) => {
  const complaints = complaintsOf(ana);
  const other = await chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox"] });
  try {
    await ana.goto("/login");
    await ana.getByLabel("E-mail").fill(people.ana);
    await ana.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await ana.keyboard.press("Enter");
    await expect(ana.getByRole("button", { name: "New document" })).toBeVisible();
    // Without it, Chromium would say that it is Firefox, and the editor would believe it.
    const { userAgent } = devices["Desktop Chrome"];
    const ben = await pageOf(other, app.url, "ben", { userAgent });
    const id = await newDocument(ben, "Two browsers");
    await Promise.all([openDocument(ana, id), openDocument(ben, id)]);

    // Each sees the other's text and name.
    await editor(ana).click();
    await ana.keyboard.type("Hello from Firefox");
    await expect.poll(() => textOf(ben)).toContain("Hello from Firefox");
    await expect(editor(ben).getByText("Ana", { exact: true })).toBeVisible();
    await caretTo(ben, "end");
    await ben.keyboard.type(", and from Chromium.");
    await expect.poll(() => textOf(ana)).toContain("Firefox, and from Chromium.");
    await expect(editor(ana).getByText("Ben", { exact: true })).toBeVisible();

    // At the same time, in one paragraph.
    await caretTo(ana, "start");
    await Promise.all([
      ana.keyboard.type("one two three ", { delay: 20 }),
      ben.keyboard.type(" four five six", { delay: 20 }),
    ]);
    await expect.poll(() => textOf(ana)).toBe("one two three Hello from Firefox, and from Chromium. four five six");
    await expect.poll(() => textOf(ben)).toBe(await textOf(ana));
    await ana.keyboard.press("Control+z");
    await expect.poll(() => textOf(ben)).toBe("Hello from Firefox, and from Chromium. four five six");

    await untilSaved(ana);
    await ana.keyboard.press("Control+s");
    await expect(ana.getByRole("alert").filter({ hasText: "everything you wrote is in the database" })).toBeVisible();
    expect(complaints).toEqual([]);
  } finally {
    await other.close();
  }
});

test("formats, lists, tables and menus from the keyboard; what is pasted and undone", async ({ app, page: ana }) => {
  const complaints = complaintsOf(ana);
  await login(ana, app.url, "ana");
  // From a page of somebody else: what is in Firefox's clipboard is as Firefox writes it.
  await ana.setContent("<h2>Pasted</h2><p>with <b style='color: red'>bold</b> words</p>");
  await ana.keyboard.press("Control+a");
  await ana.keyboard.press("Control+c");
  await openDocument(ana, await newDocument(ana, "From the keyboard"));
  await editor(ana).click();
  await ana.keyboard.type("# Title\nsome ");
  await ana.keyboard.press("Control+b");
  await ana.keyboard.type("bold");
  await ana.keyboard.press("Control+b");
  await ana.keyboard.type(" text");
  await expect(editor(ana).getByRole("heading", { level: 1, name: "Title" })).toBeVisible();
  await expect(editor(ana).locator("strong")).toHaveText("bold");

  await ana.keyboard.press("Enter");
  await ana.keyboard.type("- one\n");
  await ana.keyboard.press("Tab");
  await ana.keyboard.type("inner\n");
  await ana.keyboard.press("Shift+Tab");
  await ana.keyboard.type("two\n\n");
  await expect(editor(ana).locator("li li")).toHaveText("inner");
  await expect(editor(ana).locator("ul > li")).toHaveCount(3);

  await ana.keyboard.type("/table");
  await expect(ana.getByRole("listbox", { name: "Insert" })).toBeVisible();
  await ana.keyboard.press("Enter");
  for (const word of ["a", "b", "c", "d"]) {
    await ana.keyboard.type(word);
    await ana.keyboard.press("Tab");
  }
  await ana.keyboard.press("Shift+Tab");
  await ana.keyboard.type("D");
  await expect(editor(ana).locator("th")).toHaveText(["a", "b", "c"]);
  await expect(editor(ana).locator("td").first()).toHaveText("D");
  await ana.keyboard.press("Control+Alt+ArrowDown");
  await expect(editor(ana).locator("tr")).toHaveCount(4);

  await ana.keyboard.press("Alt+F10");
  await ana.keyboard.press("ArrowRight");
  await expect(ana.getByRole("button", { name: "Redo" })).toBeFocused();
  await ana.keyboard.press("Escape");
  await expect(editor(ana)).toBeFocused();

  await caretTo(ana, "end");
  const before = await textOf(ana);
  await ana.keyboard.press("Control+v");
  await expect(editor(ana).getByRole("heading", { level: 2, name: "Pasted" })).toBeVisible();
  await expect(editor(ana).locator("strong").last()).toHaveText("bold");
  // First it becomes plain, then it goes.
  await ana.keyboard.press("Control+z");
  await expect(editor(ana).getByRole("heading", { level: 2, name: "Pasted" })).toHaveCount(0);
  await ana.keyboard.press("Control+z");
  await expect.poll(() => textOf(ana)).toBe(before);
  await ana.keyboard.press("Control+k");
  await ana.keyboard.type("example.org");
  await ana.keyboard.press("Enter");
  await expect(editor(ana).getByRole("link", { name: "https://example.org" })).toBeVisible();
  await untilSaved(ana);
  expect(complaints).toEqual([]);
});

test("what was written without a network is still there after a reload, and is sent later", async ({
  app,
  browser,
}) => {
  const gate = await createGate(app.url);
  const ana = await pageOf(browser, gate.url, "ana");
  try {
    const id = await newDocument(ana, "Tunnel");
    await openDocument(ana, id);
    await editor(ana).click();
    await ana.keyboard.type("Station.");
    await untilSaved(ana);
    gate.shut();
    await ana.keyboard.type(" Tunnel.");
    await expect(saveState(ana)).toHaveText(/Not sent yet/);
    await ana.reload();
    await expect.poll(() => textOf(ana)).toBe("Station. Tunnel.");
    gate.open();
    await untilSaved(ana);
    const exported = await ana.request.get(`/api/documents/${id}/export?format=text`);
    expect(await exported.text()).toContain("Station. Tunnel.");
  } finally {
    await ana.context().close();
    await gate.close();
  }
});
