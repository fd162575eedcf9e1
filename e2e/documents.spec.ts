// The list of documents and their titles.
import type { Page } from "@playwright/test";
import { editor, expect, newDocument, openDocument, test } from "./fixtures.ts";

const link = (page: Page, title: string) => page.getByRole("main").getByRole("link", { name: title });

async function actions(page: Page, title: string, action: string): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${title}` }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

test("the seeded documents are there, and open", async ({ twoPeople: { ana } }) => {
  await ana.goto("/documents");
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

test("the search finds titles", async ({ twoPeople: { ana } }) => {
  await newDocument(ana, "Zebra crossing");
  await newDocument(ana, "Zebra stripes");
  await ana.goto("/documents");
  const search = ana.getByRole("searchbox", { name: "Search titles" });
  await search.fill("zebra");
  await expect(link(ana, "Zebra crossing")).toBeVisible();
  await expect(link(ana, "Zebra stripes")).toBeVisible();
  await search.fill("zebra cross");
  await expect(link(ana, "Zebra stripes")).toHaveCount(0);
  await expect(link(ana, "Zebra crossing")).toBeVisible();
});

test("to the trash and back; who has it open is told", async ({ twoPeople: { ana, ben } }) => {
  const id = await newDocument(ana, "Second thoughts");
  await openDocument(ben, id);
  await ana.goto("/documents");
  await actions(ana, "Second thoughts", "Move to trash");
  await expect(link(ana, "Second thoughts")).toHaveCount(0);
  await expect(ben.getByRole("alert").filter({ hasText: /trash/ })).toBeVisible();
  await ana.getByRole("link", { name: "Trash" }).click();
  await ana.getByRole("button", { name: "Restore Second thoughts" }).click();
  await expect(ana.getByRole("button", { name: "Restore Second thoughts" })).toHaveCount(0);
  await ana.getByRole("link", { name: "Documents" }).click();
  await expect(link(ana, "Second thoughts")).toBeVisible();
});

test("renamed in the list, and who is in a document is shown there", async ({ twoPeople: { ana, ben } }) => {
  const id = await newDocument(ana, "Working title");
  await openDocument(ben, id);
  await ana.goto("/documents");
  await actions(ana, "Working title", "Rename");
  await ana.getByRole("textbox", { name: "Title" }).fill("Final title");
  await ana.getByRole("textbox", { name: "Title" }).press("Enter");
  await expect(link(ana, "Final title")).toBeVisible();
  await expect(ben.getByRole("textbox", { name: "Title" })).toHaveValue("Final title");
  await expect(ana.getByRole("listitem").filter({ hasText: "Final title" })).toContainText("Here now: Ben", {
    timeout: 30_000,
  });
});
