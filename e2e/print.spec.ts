// The document on paper: all of it, also what is far off the screen, and nothing that is only for the screen.
import type { Page } from "@playwright/test";
import { caretTo, editor, expect, newDocument, openDocument, paste, test, untilSaved } from "./fixtures.ts";

/** How many sheets the browser makes of it. */
async function sheets(page: Page): Promise<number> {
  const pdf = await page.pdf({ format: "A4" });
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}

test("text and blocks without bars, cursors and tools; a page break breaks; long documents whole", async ({
  twoPeople: { ana, ben },
}) => {
  const id = await newDocument(ana, "On paper");
  await openDocument(ana, id);
  await editor(ana).click();
  await paste(
    ana,
    `# Minutes\n\n> [!TIP]\n> Bring a pen.\n\n\`\`\`js\n${"let long = 1; ".repeat(40)}\n\`\`\`\n\n[ours](https://example.org)`,
  );
  await expect(editor(ana).getByRole("heading", { name: "Minutes" })).toBeVisible();
  await untilSaved(ana);
  await openDocument(ben, id);
  await caretTo(ben, "end");
  await expect(ana.locator(".remote-caret")).toHaveCount(1);
  expect(await sheets(ana)).toBe(1);

  await ana.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(
    ana.getByRole("heading", { name: "On paper", level: 1 }).or(ana.locator(".document-title")),
  ).not.toHaveCount(0);
  for (const part of [".document-bar", ".editor-toolbar", ".remote-caret", ".code-tools"]) {
    await expect(ana.locator(part).first(), part).toBeHidden();
  }
  const code = editor(ana).locator("pre");
  expect(await code.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  const colours = await ana.locator(".document-page").evaluate((page) => getComputedStyle(page).backgroundColor);
  expect(colours).toMatch(/^(rgb\(255, 255, 255\)|white|oklch\(1 0 0\))$/);
  await ana.emulateMedia({ media: null, colorScheme: null });

  await caretTo(ana, "end");
  await ana.keyboard.press("Enter");
  await ana.keyboard.press("Control+Shift+Enter");
  await ana.keyboard.type("On the second sheet.");
  await expect.poll(() => sheets(ana)).toBe(2);

  await paste(
    ana,
    Array.from({ length: 300 }, (_, index) => `Line ${index}. ${"A few words. ".repeat(25)}`).join("\n"),
  );
  await expect(editor(ana).getByText("Line 299.")).toHaveCount(1);
  // Four such paragraphs of three lines take 7 cm: at least 20 sheets.
  expect(await sheets(ana)).toBeGreaterThan(20);
});
