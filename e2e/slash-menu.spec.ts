// The slash menu: from the keyboard alone, as a listbox, beside somebody who writes.
import { complaints } from "./axe.ts";
import { caretTo, editor, expect, newDocument, openDocument, test, textOf } from "./fixtures.ts";

test("narrows down, picks with Enter, and one undo takes the block back", async ({ twoPeople: { ana } }) => {
  const id = await newDocument(ana, "Slash");
  await openDocument(ana, id);
  await editor(ana).click();
  await ana.keyboard.type("/");
  const list = ana.getByRole("listbox", { name: "Insert" });
  await expect(list.getByRole("option", { name: "Heading 1" })).toHaveAttribute("aria-selected", "false");
  await expect(list.getByRole("option", { name: /^Text/ })).toHaveAttribute("aria-selected", "true");
  await expect(editor(ana)).toHaveAttribute("aria-controls", "slash-menu");
  await ana.keyboard.press("ArrowDown");
  await expect(editor(ana)).toHaveAttribute("aria-activedescendant", "slash-menu-heading-1");
  await ana.keyboard.press("ArrowUp");
  await ana.keyboard.press("ArrowUp");
  await expect(editor(ana)).toHaveAttribute("aria-activedescendant", "slash-menu-page-break");

  // A synonym, and two words.
  await ana.keyboard.type("todo");
  await expect(list.getByRole("option")).toHaveText([/Task list/]);
  await ana.keyboard.press("Control+Backspace");
  await ana.keyboard.type("heading 2");
  await expect(list.getByRole("option")).toHaveText([/Heading 2/]);
  await ana.keyboard.press("Enter");
  await expect(list).toBeHidden();
  await expect(editor(ana)).not.toHaveAttribute("aria-activedescendant");
  await ana.keyboard.type("Agenda");
  await expect(editor(ana).getByRole("heading", { level: 2, name: "Agenda" })).toBeVisible();
  await ana.keyboard.press("Enter");
  await ana.keyboard.type("/todo");
  await ana.keyboard.press("Tab");
  await ana.keyboard.type("call Ben");
  await expect(editor(ana).getByRole("checkbox", { name: "Done: call Ben" })).toBeVisible();
  await ana.keyboard.press("Control+z");
  await ana.keyboard.press("Control+z");
  await expect(editor(ana).getByRole("checkbox")).toHaveCount(0);
  await expect(editor(ana).getByRole("heading", { level: 2, name: "Agenda" })).toBeVisible();
});

test("leaves what is no command alone: Escape, no match, addresses, code", async ({ twoPeople: { ana } }) => {
  const id = await newDocument(ana, "No command");
  await openDocument(ana, id);
  await editor(ana).click();
  const list = ana.getByRole("listbox", { name: "Insert" });
  await ana.keyboard.type("/he");
  await expect(list).toBeVisible();
  await ana.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await ana.keyboard.type("ading");
  await expect(list).toBeHidden();
  await ana.keyboard.type("\nand/or 1/2\n/xyz");
  await expect(ana.getByText("No match", { exact: true }).last()).toBeVisible();
  await ana.keyboard.type("q");
  await expect(ana.getByText("No match", { exact: true })).toHaveCount(0);
  await ana.keyboard.type("\n");
  await ana.keyboard.type("``` /");
  await expect(list).toBeHidden();
  expect(await textOf(ana)).toBe("/heading\nand/or 1/2\n/xyzq\n/");
});

test("stays open while somebody else writes above, and does not open for them", async ({ twoPeople }) => {
  const { ana, ben } = twoPeople;
  const id = await newDocument(ana, "Two people");
  await Promise.all([openDocument(ana, id), openDocument(ben, id)]);
  await editor(ana).click();
  await ana.keyboard.type("first\n/quo");
  await expect.poll(() => textOf(ben)).toContain("/quo");
  const list = ana.getByRole("listbox", { name: "Insert" });
  await caretTo(ben, "start");
  await ben.keyboard.type("/ hello ");
  await expect.poll(() => textOf(ana)).toContain("/ hello first");
  await expect(list.getByRole("option")).toHaveText([/Quote/]);
  await ana.getByRole("option", { name: "Quote" }).click();
  await ana.keyboard.type("cited");
  await expect(editor(ana).locator("blockquote")).toHaveText("cited");
  await expect(ben.getByRole("listbox")).toBeHidden();
  await expect.poll(() => textOf(ben)).toBe("/ hello first\ncited");
});

test("axe finds nothing while it is open", async ({ twoPeople: { ana } }) => {
  const id = await newDocument(ana, "Slash");
  await openDocument(ana, id);
  await editor(ana).click();
  await ana.keyboard.type("/");
  await expect(ana.getByRole("listbox")).toBeVisible();
  expect(await complaints(ana)).toEqual([]);
});
