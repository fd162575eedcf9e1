// The editor in German and Arabic: what it calls its parts, blocks found by words of the language, and its sides.
import type { Page } from "@playwright/test";
import { complaints } from "./axe.ts";
import { expect, newDocument, test } from "./fixtures.ts";

/** Opens a new document in a language, with the caret in it. `label`: what the text is called there. */
async function openIn(page: Page, url: string, locale: "de" | "ar", label: string) {
  const id = await newDocument(page, "Language");
  await page.context().addCookies([{ name: "yroom-locale", value: locale, url }]);
  await page.goto(`/documents/${id}`);
  const text = page.getByRole("textbox", { name: label });
  await expect(text).toHaveAttribute("contenteditable", "true");
  await text.click();
  return text;
}

test("German: the toolbar, and a block found by a German word and by an English one", async ({
  app,
  twoPeople: { ana },
}) => {
  const text = await openIn(ana, app.url, "de", "Text des Dokuments");
  const toolbar = ana.getByRole("toolbar", { name: "Formatierung" });
  await expect(toolbar.getByRole("button", { name: "Fett" })).toBeVisible();
  await expect(toolbar.getByRole("button", { name: "Absatzart: Text" })).toBeVisible();
  await ana.keyboard.type("/hinweis");
  const list = ana.getByRole("listbox", { name: "Einfügen" });
  await expect(list.getByRole("option")).toHaveText([/Hinweiskasten/]);
  await ana.keyboard.press("Enter");
  await ana.keyboard.type("Achtung");
  await expect(text.getByRole("combobox", { name: "Art des Hinweises" })).toHaveValue("note");
  await ana.keyboard.press("Enter");
  await ana.keyboard.type("/todo");
  await expect(list.getByRole("option")).toHaveText([/Aufgabenliste/]);
  expect(await complaints(ana)).toEqual([]);
});

test("Arabic: the toolbar begins at the right, and its arrow keys go where they point", async ({
  app,
  twoPeople: { ana },
}) => {
  const text = await openIn(ana, app.url, "ar", "نص المستند");
  const toolbar = ana.getByRole("toolbar", { name: "التنسيق" });
  const undo = toolbar.getByRole("button", { name: "تراجع" });
  const redo = toolbar.getByRole("button", { name: "إعادة" });
  expect((await undo.boundingBox())?.x).toBeGreaterThan((await redo.boundingBox())?.x ?? Number.POSITIVE_INFINITY);
  await undo.focus();
  await ana.keyboard.press("ArrowLeft");
  await expect(redo).toBeFocused();
  await text.click();
  await ana.keyboard.type("/مهام");
  await expect(ana.getByRole("option")).toHaveText([/قائمة مهام/]);
  await ana.keyboard.press("Enter");
  await ana.keyboard.type("مهمة");
  const box = await text.getByRole("checkbox").boundingBox();
  expect(box?.x).toBeGreaterThan((await text.boundingBox())?.width ?? Number.POSITIVE_INFINITY);
  expect(await complaints(ana)).toEqual([]);
  await ana.keyboard.press("Enter");
  await ana.keyboard.press("Enter");
  await ana.keyboard.type("/جدول");
  await ana.keyboard.press("Enter");
  await expect(text.getByRole("table")).toBeVisible();
});

test("Arabic: formulas, and what is written in English, run from the left", async ({ app, twoPeople: { ana } }) => {
  const text = await openIn(ana, app.url, "ar", "نص المستند");
  const columns = () =>
    text.locator("tr:first-child > *").evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().x));
  await ana.keyboard.type("/جدول");
  await ana.keyboard.press("Enter");
  await expect.poll(columns).toHaveLength(3);
  const empty = await columns();
  expect(empty).toEqual(empty.toSorted((a, b) => b - a));
  await ana.keyboard.type("Name");
  const english = await columns();
  expect(english).toEqual(english.toSorted((a, b) => a - b));
  await ana.keyboard.press("Control+End");
  await ana.keyboard.press("ArrowDown");
  await ana.keyboard.type("$x = 1$ ");
  await expect(text.locator(".katex")).toBeVisible();
  expect(await text.locator(".source-picture").evaluate((element) => getComputedStyle(element).direction)).toBe("ltr");
});
