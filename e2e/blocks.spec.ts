// Blocks and marks beyond plain text: made from the keyboard, seen by the other person, kept apart from what each
// reader folds away for themselves.
import { complaints } from "./axe.ts";
import { caretTo, editor, expect, newDocument, openDocument, test, textOf, textsOf, untilSaved } from "./fixtures.ts";

test("a callout: its kind is chosen in place, the other person sees it", async ({ twoPeople: { ana, ben } }) => {
  const id = await newDocument(ana, "Callouts");
  await openDocument(ana, id);
  await openDocument(ben, id);
  await editor(ana).click();
  await ana.keyboard.type("/callout");
  await ana.keyboard.press("Enter");
  await ana.keyboard.type("Bring your badge");
  const kind = editor(ana).getByRole("combobox", { name: "Kind of callout" });
  await expect(kind).toHaveValue("note");
  await kind.selectOption("Warning");
  await expect(editor(ben).getByRole("combobox", { name: "Kind of callout" })).toHaveValue("warning");
  await expect(editor(ben).getByRole("note")).toContainText("Bring your badge");
  // Choosing gave the focus back to the text; undo takes the choice alone back.
  await ana.keyboard.press("Control+z");
  await expect(kind).toHaveValue("note");
  await expect(editor(ana)).toContainText("Bring your badge");
});

test("a collapsible: folded by each reader alone, opened for a caret inside", async ({ twoPeople: { ana, ben } }) => {
  const id = await newDocument(ana, "Folded");
  await openDocument(ana, id);
  await editor(ana).click();
  await ana.keyboard.type("/collapsible");
  await ana.keyboard.press("Enter");
  await ana.keyboard.type("Minutes");
  await ana.keyboard.press("Enter");
  await ana.keyboard.type("Everything was said");
  await untilSaved(ana);
  await openDocument(ben, id);
  const toggle = (page: typeof ana) => editor(page).getByRole("button", { name: "Details: Minutes" });
  const body = (page: typeof ana) => editor(page).getByText("Everything was said");
  await expect(toggle(ben)).toHaveAttribute("aria-expanded", "false");
  await expect(body(ben)).toBeHidden();
  await expect(body(ana)).toBeVisible();
  await toggle(ben).click();
  await expect(body(ben)).toBeVisible();
  // From the keyboard; the caret does not stay in what is hidden.
  await ana.keyboard.press("Control+Enter");
  await expect(body(ana)).toBeHidden();
  await ana.keyboard.type("!");
  await expect(toggle(ben)).toHaveAccessibleName("Details: Minutes!");
  await expect(body(ben)).toBeVisible();
  // Finding something opens what it stands in.
  await ana.keyboard.press("Control+f");
  await ana.keyboard.type("Everything");
  await ana.keyboard.press("Enter");
  await expect(body(ana)).toBeVisible();
});

test("alignment, highlight, sub- and superscript, page break, moved blocks", async ({ twoPeople: { ana, ben } }) => {
  const id = await newDocument(ana, "Looks");
  await openDocument(ana, id);
  await openDocument(ben, id);
  await editor(ana).click();
  await ana.keyboard.type("H");
  await ana.keyboard.press("Control+,");
  await ana.keyboard.type("2");
  await ana.keyboard.press("Control+,");
  await ana.keyboard.type("O is ==water== ");
  await ana.keyboard.press("Control+Shift+e");
  await ana.keyboard.press("Enter");
  await ana.keyboard.type("second");
  await ana.keyboard.press("Alt+ArrowUp");
  await caretTo(ana, "end");
  await ana.keyboard.press("Control+Shift+Enter");
  await ana.keyboard.type("next page");
  await expect.poll(() => textOf(ben)).toBe("second\nH2O is water \n\nnext page");
  await expect.poll(() => textsOf(editor(ben).locator("sub"))).toEqual(["2"]);
  await expect.poll(() => textsOf(editor(ben).locator("mark"))).toEqual(["water"]);
  await expect(editor(ben).locator("p").nth(1)).toHaveCSS("text-align", "center");
  const alignment = ben.getByRole("button", { name: /^Alignment/ });
  await editor(ben).getByText("next page").click();
  await alignment.click();
  await ben.getByRole("menuitem", { name: "Align right" }).click();
  await expect(editor(ana).getByText("next page")).toHaveCSS("text-align", "right");
});

test("axe finds nothing in any block", async ({ twoPeople: { ana } }) => {
  const id = await newDocument(ana, "Every block");
  await openDocument(ana, id);
  await editor(ana).click();
  const kinds = ["note", "tip", "warning", "caution"];
  const others = ["collapsible", "page break", "divider", "code block", "quote", "task list"];
  for (const name of [...kinds.map(() => "callout"), ...others]) {
    await ana.keyboard.type(`/${name}`);
    await ana.keyboard.press("Enter");
    await ana.keyboard.type("==Words==");
    await caretTo(ana, "end");
    await ana.keyboard.press("Enter");
    await ana.keyboard.press("Enter");
    await ana.keyboard.press("Enter");
  }
  for (const [at, kind] of kinds.entries()) {
    await editor(ana).getByRole("combobox", { name: "Kind of callout" }).nth(at).selectOption(kind);
  }
  expect(await complaints(ana)).toEqual([]);
});
