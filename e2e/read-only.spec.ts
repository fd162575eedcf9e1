// A document that may not be written any more, as somebody has it open: nothing in it can be operated, and what is
// behind a formula can be read.
import { complaints } from "./axe.ts";
import { caretTo, editor, expect, newDocument, openDocument, test, textOf, untilSaved } from "./fixtures.ts";

test("boxes, choices and an open link keep to what may be done; a formula shows its source", async ({
  twoPeople: { ana, ben },
}) => {
  const id = await newDocument(ana, "Soon in the trash");
  await openDocument(ana, id);
  await editor(ana).click();
  await ana.keyboard.type("- [ ] task\n\n$x^2$ and site");
  await caretTo(ana, "end");
  await ana.keyboard.press("Shift+Control+ArrowLeft");
  // The browser tells of a selection before the next frame; no hand is quicker.
  await ana.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  await ana.keyboard.press("Control+k");
  await ana.keyboard.type("example.org\n");
  await caretTo(ana, "end");
  await ana.keyboard.type("\n/callout\n");
  await ana.keyboard.type("mind this");
  await untilSaved(ana);
  await openDocument(ben, id);
  await editor(ben).getByRole("link", { name: "site" }).click();
  await ben.getByRole("button", { name: "Change link" }).click();
  await expect(ben.getByRole("textbox", { name: "Address" })).toBeFocused();

  const trashed = await ana.request.patch(`/api/documents/${id}`, { data: { trashed: true } });
  expect(trashed.ok()).toBe(true);
  await expect(editor(ben)).toHaveAttribute("contenteditable", "false");
  await expect(ben.getByRole("textbox", { name: "Address" })).toHaveCount(0);
  const box = editor(ben).getByRole("checkbox");
  const kind = editor(ben).getByRole("combobox");
  await expect(box).toHaveAttribute("aria-disabled", "true");
  await expect(kind).toHaveAttribute("aria-disabled", "true");
  await box.focus();
  await ben.keyboard.press("Space");
  await expect(box).not.toBeChecked();
  await kind.focus();
  await ben.keyboard.press("ArrowDown");
  await expect(kind).toHaveValue("note");

  const formula = editor(ben).getByRole("button", { name: /^Formula: x\^2/ });
  await formula.focus();
  await ben.keyboard.press("Enter");
  await expect(formula).toHaveAttribute("aria-expanded", "true");
  await expect(editor(ben).locator("code", { hasText: "x^2" })).toBeVisible();
  expect(await complaints(ben)).toEqual([]);
  await formula.click();
  await expect(editor(ben).locator("code", { hasText: "x^2" })).toBeHidden();
  expect(await textOf(ben)).toContain("mind this");
});
