// Two people write with TipTap over HocuspocusProvider, on the same server and the same worker as everything else.
import { expect, newDocument, pageOf, test, untilSaved } from "./fixtures.ts";

test("two people write together in TipTap, see each other, undo only their own, and find it again", async ({
  twoPeople: { ana, ben },
}) => {
  const id = await newDocument(ana, "Another editor");
  const text = (page: typeof ana) => page.getByRole("textbox", { name: "TipTap text" });
  for (const page of [ana, ben]) {
    await page.goto(`/tiptap/${id}`);
    await expect(text(page)).toHaveAttribute("contenteditable", "true");
  }
  await text(ana).click();
  await ana.keyboard.type("# Plan");
  await ana.keyboard.press("Enter");
  await ana.keyboard.type("Ana was here. ");
  await expect(text(ben).getByRole("heading", { name: "Plan" })).toBeVisible();
  await expect(text(ben)).toContainText("Ana was here.");
  await text(ben).click();
  await ben.keyboard.press("Control+End");
  await Promise.all([
    ana.keyboard.type("More from Ana. ", { delay: 15 }),
    ben.keyboard.type("Ben too. ", { delay: 15 }),
  ]);
  await expect(text(ana)).toContainText("Ben too.");
  await expect(text(ben)).toContainText("More from Ana.");
  await expect(ben.getByRole("list", { name: "Also here" }).getByRole("button")).toHaveAccessibleName(/^Ana/);
  await expect(ana.locator(".remote-caret-name")).toHaveText(/^Ben/);

  // One step of undo holds what was typed without a pause of half a second, which a slow machine may make.
  await expect(async () => {
    await ben.keyboard.press("Control+z");
    await expect(text(ben)).not.toContainText("Ben too.", { timeout: 200 });
  }).toPass();
  await expect(text(ana)).not.toContainText("Ben too.");
  await expect(text(ana)).toContainText("More from Ana.");

  await untilSaved(ana);
  await ana.reload();
  await expect(text(ana)).toContainText("More from Ana.");
  // The document's own text is another one.
  await ben.goto(`/documents/${id}`);
  await expect(ben.getByRole("textbox", { name: "Document text" })).not.toContainText("Ana was here.");
});

test("[P2] TipTap's page says Saved after the commit, and what happened when the document goes to the trash", async ({
  twoPeople: { ana, ben },
}) => {
  const id = await newDocument(ana, "To be trashed");
  const text = ana.getByRole("textbox", { name: "TipTap text" });
  await ana.goto(`/tiptap/${id}`);
  await expect(text).toHaveAttribute("contenteditable", "true");
  await text.click();
  await ana.keyboard.type("The last words.");
  await untilSaved(ana);
  const response = await ben.request.delete(`/api/documents/${id}`);
  expect(response.ok()).toBe(true);
  await expect(ana.getByRole("alert").filter({ hasText: "This document is not there any more." })).toBeVisible();
  await expect(text).toHaveAttribute("contenteditable", "false");
  await ana.reload();
  await expect(ana.getByRole("heading", { name: /There is no document here/ })).toBeVisible();
});

test("whoever is not staff gets no TipTap page either", async ({ app, browser, twoPeople: { ana } }) => {
  const id = await newDocument(ana, "Not for Vera");
  const vera = await pageOf(browser, app.url, "vera");
  await vera.goto(`/tiptap/${id}`);
  await expect(vera).toHaveURL(/no-access/);
  await vera.context().close();
});
