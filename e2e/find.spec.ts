// Find and replace: from the keyboard alone, as one step of undo, beside somebody who writes.
import { complaints } from "./axe.ts";
import { caretTo, editor, expect, newDocument, openDocument, test, textOf, untilSaved } from "./fixtures.ts";

test("finds, walks, replaces one and all from the keyboard; one undo takes all back", async ({ twoPeople }) => {
  const { ana, ben } = twoPeople;
  const id = await newDocument(ana, "Find and replace");
  await Promise.all([openDocument(ana, id), openDocument(ben, id)]);
  await editor(ana).click();
  await ana.keyboard.type("The cat sat.\nA cat, a Cat, a category.\n$1 is no pattern");
  await untilSaved(ana);
  await caretTo(ana, "start");

  await ana.keyboard.press("Control+f");
  const panel = ana.getByRole("search", { name: "Find and replace" });
  await expect(panel.getByLabel("Find", { exact: true })).toBeFocused();
  await ana.keyboard.type("cat");
  await expect(panel.getByRole("status")).toHaveText("1 of 4");
  await expect(ana.locator(".ProseMirror-search-match, .ProseMirror-active-search-match")).toHaveCount(4);
  await ana.keyboard.press("Enter");
  await expect(panel.getByRole("status")).toHaveText("2 of 4");
  await ana.keyboard.press("Shift+Enter");
  await expect(panel.getByRole("status")).toHaveText("1 of 4");
  await ana.keyboard.press("Shift+Enter");
  await expect(panel.getByRole("status")).toHaveText("4 of 4");
  await panel.getByLabel("Whole words").check();
  await expect(panel.getByRole("status")).toHaveText("1 of 3");
  await panel.getByLabel("Match case").check();
  await expect(panel.getByRole("status")).toHaveText(/ of 2$/);

  // Somebody writes meanwhile: the matches follow, and what is looked for stays.
  await caretTo(ben, "end");
  await ben.keyboard.type(" and a cat");
  await expect(panel.getByRole("status")).toHaveText(/ of 3$/);

  await panel.getByLabel("Replace with").fill("$1dog");
  await panel.getByRole("button", { name: "Replace all" }).click();
  await expect(panel.getByRole("status")).toHaveText("3 replaced");
  const replaced = "The $1dog sat.\nA $1dog, a Cat, a category.\n$1 is no pattern and a $1dog";
  await expect.poll(() => textOf(ben)).toBe(replaced);

  await ana.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(editor(ana)).toBeFocused();
  await expect(ana.locator(".ProseMirror-search-match")).toHaveCount(0);
  await ana.keyboard.press("Control+z");
  await expect.poll(() => textOf(ben)).toBe("The cat sat.\nA cat, a Cat, a category.\n$1 is no pattern and a cat");
});

test("the selected text is looked for at once, a match far below comes into view, and no match is said", async ({
  twoPeople: { ana },
}) => {
  const id = await newDocument(ana, "Far below");
  await openDocument(ana, id);
  await editor(ana).click();
  await ana.keyboard.type(`needle${"\n".repeat(60)}needle`);
  await caretTo(ana, "start");
  await ana.keyboard.press("Shift+Control+ArrowRight");
  await ana.keyboard.press("Control+h");
  const panel = ana.getByRole("search", { name: "Find and replace" });
  await expect(panel.getByLabel("Replace with")).toBeFocused();
  await expect(panel.getByLabel("Find", { exact: true })).toHaveValue("needle");
  await expect(panel.getByRole("status")).toHaveText("1 of 2");
  await panel.getByRole("button", { name: "Next match" }).click();
  await expect(panel.getByRole("status")).toHaveText("2 of 2");
  await expect(ana.locator(".ProseMirror-active-search-match")).toBeInViewport();
  await panel.getByLabel("Find", { exact: true }).fill("nothing like it");
  await expect(panel.getByRole("status")).toHaveText("No match");
  await expect(panel.getByRole("button", { name: "Replace all" })).toBeDisabled();
});

test("axe finds nothing in the panel", async ({ twoPeople: { ana } }) => {
  const id = await newDocument(ana, "Find");
  await openDocument(ana, id);
  await editor(ana).click();
  await ana.keyboard.type("a word, another word");
  await ana.keyboard.press("Control+f");
  await ana.keyboard.type("word");
  await expect(ana.locator(".ProseMirror-search-match, .ProseMirror-active-search-match")).toHaveCount(2);
  expect(await complaints(ana)).toEqual([]);
});
