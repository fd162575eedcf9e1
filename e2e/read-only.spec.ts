// A document that goes to the trash while it is open: its text stays to be read, and nothing in it can be changed.
import { complaints } from "./axe.ts";
import { editor, expect, newDocument, openDocument, paste, test, untilSaved } from "./fixtures.ts";

test("choices and boxes in the text are off, sources can be opened, and it works again after a restore", async ({
  twoPeople: { ana, ben },
}) => {
  const id = await newDocument(ana, "For readers");
  await openDocument(ana, id);
  await editor(ana).click();
  await paste(ana, "- [ ] a task\n\n> [!TIP]\n> a hint\n\n```js\nlet a = 1;\n```\n\n$$\nE = mc^2\n$$\n");
  await expect(editor(ana).locator(".katex")).toBeVisible();
  await ana.keyboard.press("Control+Home");
  await untilSaved(ana);

  expect((await ben.request.delete(`/api/documents/${id}`)).ok()).toBe(true);
  await expect(editor(ana)).toHaveAttribute("contenteditable", "false");
  const task = editor(ana).getByRole("checkbox");
  await expect(task).toBeDisabled();
  for (const choice of await editor(ana).getByRole("combobox").all()) await expect(choice).toBeDisabled();
  const source = editor(ana).locator(".math-block .source-text");
  await expect(source).toBeHidden();
  const formula = editor(ana).getByRole("button", { name: /^Formula/ });
  await formula.click();
  await expect(source).toBeVisible();
  await formula.press("Enter");
  await expect(source).toBeHidden();
  expect(await complaints(ana)).toEqual([]);

  expect((await ben.request.patch(`/api/documents/${id}`, { data: { trashed: false } })).ok()).toBe(true);
  await ana.reload();
  await task.check();
  await untilSaved(ana);
  await openDocument(ben, id);
  await expect(editor(ben).getByRole("checkbox")).toBeChecked();
});
