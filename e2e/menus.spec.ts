// What appears where one writes: people, documents and emoji at the caret, the bar at a selection, the handle of a block.
import { complaints } from "./axe.ts";
import { editor, expect, newDocument, openDocument, test, textOf, untilSaved } from "./fixtures.ts";

test("@ offers people and documents as chips; the other sees them", async ({ app, twoPeople: { ana, ben } }) => {
  const other = await newDocument(ana, "Roadmap of the year");
  const id = await newDocument(ana, "With chips");
  await openDocument(ana, id);
  await openDocument(ben, id);
  await editor(ana).click();
  await ana.keyboard.type("ask @be");
  const list = ana.getByRole("listbox", { name: "People and documents" });
  await expect(list.getByRole("option").first()).toContainText("Ben");
  await expect(editor(ana)).toHaveAttribute("aria-controls", "mention-menu");
  await ana.keyboard.press("Enter");
  await ana.keyboard.type("about @roadmap");
  await expect(list.getByRole("option", { name: "Roadmap of the year" })).toBeVisible();
  expect(await complaints(ana)).toEqual([]);
  await ana.keyboard.press("Enter");
  await expect.poll(() => textOf(ben)).toMatch(/^ask @Ben.* about Roadmap of the year /);
  await expect(editor(ben).getByRole("link", { name: "Roadmap of the year" })).toHaveAttribute(
    "href",
    `/documents/${other}`,
  );

  // A pasted address of ours is a chip, too; a mail address and what matches nothing stay text.
  await editor(ana).evaluate((element, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, `${app.url}/documents/${other}`);
  await expect(editor(ben).getByRole("link", { name: "Roadmap of the year" })).toHaveCount(2);
  await ana.keyboard.type(" x@example.org @nobodyatall");
  await expect(list).toBeHidden();
  await expect.poll(() => textOf(ben)).toContain("x@example.org @nobodyatall");
  await editor(ben).getByRole("link", { name: "Roadmap of the year" }).first().click();
  await expect(ben).toHaveURL(new RegExp(`/documents/${other}$`));
});

test(":name offers emoji, a time of day does not", async ({ twoPeople: { ana } }) => {
  await openDocument(ana, await newDocument(ana, "Emoji"));
  await editor(ana).click();
  await ana.keyboard.type("at 10:30 :tada");
  const list = ana.getByRole("listbox", { name: "Emoji" });
  await expect(list.getByRole("option").first()).toContainText("party popper");
  await ana.keyboard.press("Enter");
  await ana.keyboard.type(" :D");
  await expect(list).toBeHidden();
  await expect.poll(() => textOf(ana)).toBe("at 10:30 🎉 :D");
});

test("the bar at a selection: made by mouse, gone with a key", async ({ twoPeople: { ana } }) => {
  await openDocument(ana, await newDocument(ana, "Selected"));
  await editor(ana).click();
  await ana.keyboard.type("three little words");
  const bar = ana.getByRole("toolbar", { name: "Selection" });
  await ana.keyboard.press("Shift+Control+ArrowLeft");
  await expect(bar).toBeHidden();
  await editor(ana)
    .getByText("three little words")
    .dblclick({ position: { x: 60, y: 10 } });
  await bar.getByRole("button", { name: "Bold" }).click();
  await expect(editor(ana).locator("strong")).toHaveText("little");
  await expect(bar.getByRole("button", { name: "Bold" })).toHaveAttribute("aria-pressed", "true");
  expect(await complaints(ana)).toEqual([]);
  await ana.keyboard.press("ArrowRight");
  await expect(bar).toBeHidden();
});

test("the handle of a block: dragged, and its menu", async ({ twoPeople: { ana, ben } }) => {
  const id = await newDocument(ana, "Blocks");
  await openDocument(ana, id);
  await editor(ana).click();
  await ana.keyboard.type("one\ntwo\nthree");
  await untilSaved(ana);
  await openDocument(ben, id);
  const grip = ana.getByRole("button", { name: "Block: drag to move, click for more" });
  await editor(ana).getByText("three").hover();
  await expect(grip).toBeVisible();
  await grip.click();
  await ana.getByRole("menuitem", { name: "Duplicate" }).click();
  await expect.poll(() => textOf(ben)).toBe("one\ntwo\nthree\nthree");
  await editor(ana).getByText("two").hover();
  await grip.click();
  await ana.getByRole("menuitem", { name: "Heading 2" }).click();
  await expect(editor(ben).getByRole("heading", { name: "two" })).toBeVisible();
  await editor(ana).getByText("two").hover();
  const first = await editor(ana).getByText("one").boundingBox();
  if (!first) throw new Error("no first block");
  await grip.hover();
  await ana.mouse.down();
  await ana.mouse.move(first.x + 2, first.y + 20, { steps: 4 });
  await ana.mouse.move(first.x + 2, first.y + 3, { steps: 4 });
  await ana.mouse.up();
  await expect.poll(() => textOf(ben)).toBe("two\none\nthree\nthree");
});

test("a button of the toolbar says its name and its key beside it, for the mouse and for the keyboard", async ({
  twoPeople: { ana },
}) => {
  await openDocument(ana, await newDocument(ana, "Names"));
  const tooltip = ana.locator(".tooltip");
  const bold = ana.getByRole("button", { name: "Bold" });
  await bold.hover();
  await expect(tooltip).toHaveText(/^Bold\s*Ctrl\+B$/);
  // The mouse may go into it.
  await tooltip.hover();
  await ana.getByRole("button", { name: "Italic" }).hover();
  await expect(tooltip).toHaveText(/^Italic/);
  await ana.keyboard.press("Escape");
  await expect(tooltip).toHaveCount(0);
  await editor(ana).click();
  await ana.keyboard.press("Alt+F10");
  await expect(tooltip).toHaveText(/^Undo/);
  expect(await complaints(ana)).toEqual([]);
  await ana.keyboard.press("Escape");
  await expect(editor(ana)).toBeFocused();
  await expect(tooltip).toHaveCount(0);
});

test("the toolbar is there or not, as one likes; from the keyboard it comes when it is wanted", async ({
  twoPeople: { ana },
}) => {
  const id = await newDocument(ana, "Without a toolbar");
  await openDocument(ana, id);
  const bold = ana.getByRole("toolbar", { name: "Formatting" }).getByRole("button", { name: "Bold" });
  const choice = ana.getByRole("button", { name: "Toolbar", exact: true });
  await expect(bold).toBeInViewport();
  await choice.click();
  await expect(choice).toHaveAttribute("aria-pressed", "false");
  await expect(bold).not.toBeInViewport();
  await ana.reload();
  await expect(editor(ana)).toHaveAttribute("contenteditable", "true");
  await expect(bold).not.toBeInViewport();
  await editor(ana).click();
  await ana.keyboard.press("Alt+F10");
  await expect(bold).toBeInViewport();
  await ana.keyboard.press("Escape");
  await expect(editor(ana)).toBeFocused();
  await expect(bold).not.toBeInViewport();
  expect(await complaints(ana)).toEqual([]);
  await choice.click();
  await expect(bold).toBeInViewport();
});
