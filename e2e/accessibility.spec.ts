// axe finds nothing to complain about on the pages, in light and in dark.
import { complaints } from "./axe.ts";
import { editor, expect, newDocument, openDocument, test } from "./fixtures.ts";

test("login", async ({ page }) => {
  await page.goto("/login");
  await expect(page.getByLabel(/e-?mail/i)).toBeVisible();
  expect(await complaints(page)).toEqual([]);
});

test("list", async ({ twoPeople: { ana } }) => {
  await ana.goto("/documents");
  await expect(ana.getByRole("button", { name: "New document" })).toBeVisible();
  expect(await complaints(ana)).toEqual([]);
});

test("document", async ({ twoPeople: { ana, ben } }) => {
  const id = await newDocument(ana, "Accessible");
  await Promise.all([openDocument(ana, id), openDocument(ben, id)]);
  await editor(ben).click();
  await ben.keyboard.type("# Heading\nText with a [link](https://example.org) \n- [ ] task");
  await expect(editor(ana).getByRole("heading", { name: "Heading" })).toBeVisible();
  expect(await complaints(ana)).toEqual([]);
});
