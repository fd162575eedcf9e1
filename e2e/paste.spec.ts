// Pasting what is formatted: undo once leaves the plain text, twice nothing; also with somebody else in the text, and
// without a network.
import type { Page } from "@playwright/test";
import { caretTo, editor, expect, newDocument, openDocument, test, textOf, textsOf, untilSaved } from "./fixtures.ts";

async function paste(page: Page, data: Record<string, string>): Promise<void> {
  await editor(page).evaluate((element, entries) => {
    const clipboardData = new DataTransfer();
    for (const [type, value] of Object.entries(entries)) clipboardData.setData(type, value);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, data);
}

test("undo turns a formatted paste into plain text, and then takes it back, while somebody else writes", async ({
  twoPeople: { ana, ben },
}) => {
  const id = await newDocument(ana, "Pasted");
  await openDocument(ana, id);
  await openDocument(ben, id);
  await editor(ana).click();
  await ana.keyboard.type("See: ");
  await expect.poll(() => textOf(ben)).toBe("See: ");
  await paste(ana, { "text/html": "<p>a <b>bold</b> word</p>", "text/plain": "a bold word" });
  await expect.poll(() => textsOf(editor(ben).locator("strong"))).toEqual(["bold"]);
  await caretTo(ben, "start");
  await ben.keyboard.type("Ben. ");
  await expect.poll(() => textOf(ana)).toBe("Ben. See: a bold word");
  await ana.keyboard.press("Control+z");
  await expect(editor(ben).locator("strong")).toHaveCount(0);
  expect(await textOf(ben)).toBe("Ben. See: a bold word");
  await ana.keyboard.press("Control+Shift+z");
  await expect.poll(() => textsOf(editor(ben).locator("strong"))).toEqual(["bold"]);
  await ana.keyboard.press("Control+z");
  await ana.keyboard.press("Control+z");
  await expect.poll(() => textOf(ben)).toBe("Ben. See: ");

  await paste(ana, { "text/plain": "## Plan\n\n- one\n- two" });
  await expect.poll(() => textsOf(editor(ben).locator("li"))).toEqual(["one", "two"]);
  await ben.keyboard.type("Still here. ");
  await expect.poll(() => textOf(ana)).toContain("Still here.");
  await ana.keyboard.press("Control+z");
  await expect.poll(() => textOf(ben)).toBe("Ben. Still here. See: ## Plan\n- one\n- two");
  await ana.keyboard.press("Control+z");
  await expect.poll(() => textOf(ben)).toBe("Ben. Still here. See: ");
  await untilSaved(ana);
});

test("Markdown is understood without a network: what reads it was fetched ahead", async ({ twoPeople: { ana } }) => {
  const id = await newDocument(ana, "Pasted on a train");
  await openDocument(ana, id);
  await untilSaved(ana);
  await expect.poll(() => ana.evaluate(() => performance.getEntriesByName("fetched ahead").length)).toBe(1);
  await ana.context().setOffline(true);
  await editor(ana).click();
  await paste(ana, { "text/plain": "# Tunnel\n\n- [x] lamp" });
  await expect(editor(ana).getByRole("heading", { name: "Tunnel" })).toBeVisible();
  await expect(editor(ana).getByRole("checkbox")).toBeChecked();
  await ana.context().setOffline(false);
  await untilSaved(ana);
});
