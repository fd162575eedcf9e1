// The command palette: documents and actions from the keyboard, on a document's page and on the list.
import type { Page } from "@playwright/test";
import { complaints } from "./axe.ts";
import { editor, expect, newDocument, openDocument, test, textOf } from "./fixtures.ts";

function palette(page: Page) {
  return page.getByRole("dialog", { name: "Commands" });
}

function field(page: Page) {
  return palette(page).getByRole("combobox");
}

test("recent documents first, then actions; a query finds both, Enter opens", async ({ twoPeople: { ana } }) => {
  const older = await newDocument(ana, "Palette older");
  const newer = await newDocument(ana, "Palette newer");
  const here = await newDocument(ana, "Palette here");
  await openDocument(ana, here);
  await editor(ana).click();
  await ana.keyboard.press("Control+Shift+P");
  await expect(field(ana)).toBeFocused();
  const documents = palette(ana).getByRole("group", { name: "Recent documents" }).getByRole("option");
  await expect(documents.nth(0)).toContainText("Palette newer");
  await expect(documents.nth(1)).toContainText("Palette older");
  await expect(documents.nth(0)).toHaveAttribute("data-highlighted");
  await expect(palette(ana).getByRole("option", { name: "Palette here" })).toHaveCount(0);
  await expect(palette(ana).getByRole("option", { name: /^Find and replace\s*Ctrl\+F$/ })).toBeVisible();

  await ana.keyboard.type("palette OLD");
  await expect(palette(ana).getByRole("option")).toHaveText([/Palette older/]);
  await expect(field(ana)).toHaveAttribute("aria-activedescendant", /.+/);
  await ana.keyboard.press("Enter");
  await expect(ana).toHaveURL(new RegExp(`/documents/${older}$`));
  await expect(palette(ana)).toHaveCount(0);
  await expect(editor(ana)).toHaveAttribute("contenteditable", "true");
  expect(await textOf(ana)).toBe("");

  await ana.getByRole("button", { name: "Commands" }).click();
  await expect(documents.nth(1)).toContainText("Palette newer");
  await ana.keyboard.press("ArrowDown");
  await ana.keyboard.press("Enter");
  await expect(ana).toHaveURL(new RegExp(`/documents/${newer}$`));
});

test("actions: find, outline, help, theme, export, new document, list, trash", async ({ twoPeople: { ana } }) => {
  const id = await newDocument(ana, "Actions");
  await openDocument(ana, id);
  await editor(ana).click();
  await ana.keyboard.type("some text");
  const act = async (words: string) => {
    await ana.keyboard.press("Control+Shift+P");
    await expect(field(ana)).toBeFocused();
    await ana.keyboard.type(words);
    await expect(palette(ana).getByRole("option").first()).toHaveAttribute("data-highlighted");
    await ana.keyboard.press("Enter");
    await expect(palette(ana)).toHaveCount(0);
  };
  await act("search text");
  await expect(ana.getByRole("search", { name: "Find and replace" }).getByLabel("Find", { exact: true })).toBeFocused();
  await ana.keyboard.press("Escape");
  await expect(editor(ana)).toBeFocused();

  await act("outline");
  await expect(ana.getByRole("navigation", { name: "Outline" })).toBeVisible();
  await act("shortcuts");
  await expect(ana.getByRole("searchbox", { name: "Search shortcuts" })).toBeFocused();
  await expect(ana.getByRole("dialog", { name: "Keyboard shortcuts" })).toContainText("Commands");
  await ana.keyboard.press("Escape");

  await act("dark theme");
  await expect(ana.locator("html")).toHaveAttribute("data-theme", "dark");
  const downloading = ana.waitForEvent("download");
  await act("export mark");
  expect((await downloading).suggestedFilename()).toBe("Actions.md");

  await editor(ana).focus();
  await ana.keyboard.press("Control+Shift+P");
  await expect(field(ana)).toBeFocused();
  await ana.keyboard.press("Escape");
  await expect(editor(ana)).toBeFocused();
  expect(await textOf(ana)).toBe("some text");

  await act("new doc");
  await expect(ana).not.toHaveURL(new RegExp(id));
  await expect(ana).toHaveURL(/\/documents\/[^/]+$/);
  await expect(editor(ana)).toHaveAttribute("contenteditable", "true");
  await act("trash");
  await expect(ana).toHaveURL(/\/documents\/trash$/);
  await expect(ana.getByRole("heading", { name: "Trash", exact: true })).toBeVisible();
  await act("all documents");
  await expect(ana).toHaveURL(/\/documents$/);
});

test("on the list: a button and the key; loading, failing, trying again, nothing found", async ({
  twoPeople: { ana },
}) => {
  await newDocument(ana, "Found by its words");
  await ana.goto("/documents");
  await ana.getByRole("button", { name: "Commands" }).click();
  await expect(field(ana)).toBeFocused();
  await expect(palette(ana).getByRole("option", { name: "Find and replace" })).toHaveCount(0);
  await expect(palette(ana).getByRole("option", { name: "Found by its words" })).toBeVisible();

  let answer: "wait" | "fail" | "go" = "wait";
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await ana.route("**/api/documents?*limit=*", async (route) => {
    if (answer === "wait") await released;
    if (answer === "fail") await route.fulfill({ status: 500, body: "{}" });
    else await route.continue();
  });
  await ana.keyboard.type("by its");
  await expect(palette(ana).getByRole("status")).toHaveText("Searching documents…");
  await expect(palette(ana).getByRole("option", { name: "Found by its words" })).toBeVisible();
  answer = "fail";
  release();
  await expect(palette(ana).getByRole("status")).toHaveText("Documents could not be searched.");
  answer = "go";
  await palette(ana).getByRole("button", { name: "Try again" }).click();
  await expect(palette(ana).getByRole("option")).toHaveText([/Found by its words/]);
  await field(ana).fill("zzz nothing has this");
  await expect(palette(ana).getByRole("status")).toContainText("No match for “zzz nothing has this”");
  await ana.keyboard.press("Enter");
  await expect(palette(ana)).toBeVisible();
  await ana.keyboard.press("Escape");
  await expect(palette(ana)).toHaveCount(0);
  await ana.keyboard.press("Control+Shift+P");
  await expect(field(ana)).toHaveValue("");
});

test("is not loaded before it is asked for, and says so if it cannot be", async ({ twoPeople: { ana } }) => {
  await ana.goto("/documents");
  // What shows messages is there.
  await expect(ana.getByRole("region", { name: /^Notifications/ })).toBeAttached();
  await ana.getByRole("searchbox").focus();
  await ana.route("**/_next/static/chunks/**", (route) => route.abort());
  await ana.keyboard.press("Control+Shift+P");
  await expect(ana.getByText("This could not be loaded.")).toBeVisible();
  await expect(ana.getByRole("searchbox")).toBeFocused();
  await ana.unroute("**/_next/static/chunks/**");
  await ana.keyboard.press("Control+Shift+P");
  await expect(palette(ana)).toBeVisible();
});

test("axe finds nothing in the palette", async ({ twoPeople: { ana } }) => {
  const id = await newDocument(ana, "Palette");
  await newDocument(ana, "Another");
  await openDocument(ana, id);
  await ana.keyboard.press("Control+Shift+P");
  await expect(palette(ana).getByRole("option", { name: "Another" })).toBeVisible();
  expect(await complaints(ana)).toEqual([]);
  await ana.keyboard.type("zzz nothing");
  await expect(palette(ana).getByRole("status")).toContainText("No match");
  expect(await complaints(ana)).toEqual([]);
});
