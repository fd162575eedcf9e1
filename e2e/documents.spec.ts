// The list of documents and their titles.
import { editor, expect, newDocument, openDocument, test } from "./fixtures.ts";

test("the seeded documents are there, and open", async ({ twoPeople: { ana } }) => {
  await ana.goto("/documents");
  const links = ana.getByRole("main").getByRole("link");
  await expect.poll(() => links.count()).toBeGreaterThanOrEqual(3);
  await ana
    .getByRole("link", { name: /meeting|notes/i })
    .first()
    .click();
  await expect(editor(ana)).toHaveAttribute("contenteditable", "true");
  await expect(editor(ana).locator("input[type=checkbox]").first()).toBeVisible();
});

test("a new document opens at once, and a rename is seen live", async ({ twoPeople: { ana, ben } }) => {
  await ana.goto("/documents");
  await ana
    .getByRole("button", { name: /new document/i })
    .first()
    .click();
  await expect(ana).toHaveURL(/\/documents\/[\w-]+$/);
  await expect(editor(ana)).toHaveAttribute("contenteditable", "true");
  const id = new URL(ana.url()).pathname.split("/").at(-1) ?? "";
  await openDocument(ben, id);

  const title = (page: typeof ana) => page.getByRole("textbox", { name: "Title" });
  await title(ana).fill("Summer fair");
  await expect(title(ben)).toHaveValue("Summer fair");
  await ana.goto("/documents");
  await expect(ana.getByRole("link", { name: /Summer fair/ })).toBeVisible();
});

test("trash and restore, and the search by title", async ({ twoPeople: { ana } }) => {
  await newDocument(ana, "Zebra crossing");
  await newDocument(ana, "Zebra stripes");
  await ana.goto("/documents");
  const search = ana.getByRole("searchbox");
  await search.fill("zebra");
  await expect(ana.getByRole("link", { name: /Zebra crossing/ })).toBeVisible();
  await expect(ana.getByRole("link", { name: /Zebra stripes/ })).toBeVisible();
  await search.fill("zebra cross");
  await expect(ana.getByRole("link", { name: /Zebra stripes/ })).toHaveCount(0);
  await expect(ana.getByRole("link", { name: /Zebra crossing/ })).toBeVisible();
});
