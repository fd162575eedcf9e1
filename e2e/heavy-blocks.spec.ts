// Code with colours, formulas and diagrams: written by one, seen and changed by the other, loaded when needed.
import type { Page } from "@playwright/test";
import { complaints } from "./axe.ts";
import { caretTo, editor, expect, newDocument, openDocument, test, untilSaved } from "./fixtures.ts";

async function openBoth(ana: Page, ben: Page, title: string): Promise<void> {
  const id = await newDocument(ana, title);
  await Promise.all([openDocument(ana, id), openDocument(ben, id)]);
  await editor(ana).click();
}

test("code has colours for both, the language is chosen from the keyboard, and the code is copied", async ({
  twoPeople: { ana, ben },
}) => {
  await ana.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await openBoth(ana, ben, "Code");
  await ana.keyboard.type("``` const a = 1");
  await expect(editor(ben).locator("pre code")).toHaveText(/^const a = 1/);
  await expect(editor(ben).locator(".hljs-keyword")).toHaveCount(0);
  await ana.keyboard.press("Shift+Tab");
  const choice = editor(ana).getByRole("combobox", { name: "Language of the code" });
  await expect(choice).toBeFocused();
  await choice.selectOption("typescript");
  await expect(editor(ana).locator(".hljs-keyword")).toHaveText("const");
  await expect(editor(ben).locator(".hljs-keyword")).toHaveText("const");
  await ana.keyboard.press("Escape");
  await expect(editor(ana)).toBeFocused();
  await ana.keyboard.press("End");
  await ana.keyboard.type("; let b");
  await expect(editor(ben).locator(".hljs-keyword")).toHaveText(["const", "let"]);
  await editor(ana).getByRole("button", { name: "Copy the code" }).click();
  await expect(editor(ana).getByRole("status")).toHaveText("The code is copied.");
  expect(await ana.evaluate(() => navigator.clipboard.readText())).toBe("const a = 1; let b");
});

test("a formula is drawn for both, two people change its source, and an error keeps it", async ({
  twoPeople: { ana, ben },
}) => {
  const refused: string[] = [];
  ana.on("console", (message) => {
    if (/Content.Security.Policy/i.test(message.text())) refused.push(message.text());
  });
  await openBoth(ana, ben, "Formulas");
  await ana.keyboard.type("so $x^2$ is");
  for (const page of [ana, ben]) {
    await expect(editor(page).locator(".math-inline .katex")).toBeVisible();
    await expect(editor(page).locator(".math-inline .source-text")).toBeHidden();
  }
  await expect(editor(ben).getByRole("img", { name: "Formula: x^2" })).toBeVisible();
  // KaTeX's fonts come from this server.
  await expect
    .poll(() => ana.evaluate(() => [...document.fonts].some((f) => /KaTeX/.test(f.family) && f.status === "loaded")))
    .toBe(true);

  for (const _letter of " is") await ana.keyboard.press("ArrowLeft");
  await ana.keyboard.press("ArrowLeft");
  await expect(editor(ana).locator(".math-inline .source-text")).toBeVisible();
  await ana.keyboard.type("+y");
  // Who clicks before it is there writes in the middle of it.
  await expect(editor(ben).getByRole("img", { name: "Formula: x^2+y", exact: true })).toBeVisible();
  await editor(ben).locator(".math-inline .katex .base").first().click();
  await ben.keyboard.type("+z");
  await expect(editor(ana).locator(".math-inline .source-text")).toHaveText(/x\^2\+y\+z/);
  await ana.keyboard.type("+\\frac{");
  await expect(editor(ana).locator(".source-problem")).not.toBeEmpty();
  await ana.keyboard.type("1}{2}");
  await expect(editor(ana).locator(".source-problem")).toBeEmpty();
  await ana.keyboard.press("Enter");
  await expect(editor(ana).locator(".math-inline .source-text")).toBeHidden();
  await ana.keyboard.type("!");
  await expect(editor(ben).locator("p")).toContainText(/!.* is/);
  expect(refused).toEqual([]);
});

test("a diagram is drawn as an image for both, a hostile source runs nothing, an error keeps the source", async ({
  twoPeople: { ana, ben },
}) => {
  await openBoth(ana, ben, "Diagrams");
  await ana.keyboard.type("```mermaid flowchart LR\nA --> B");
  for (const page of [ana, ben]) await expect(editor(page).locator(".diagram .source-picture img")).toBeVisible();
  await expect(editor(ben).getByRole("img", { name: /^Diagram: flowchart LR/ })).toBeVisible();
  await ana.keyboard.type("\nA --");
  await expect(editor(ana).locator(".source-problem")).not.toBeEmpty();
  await expect(editor(ben).locator(".diagram .source-text")).toHaveText(/A --> B\s*A --/);
  await ana.keyboard.type('> C["<img src=x onerror=window.ran=1>"]\nclick A "javascript:window.ran=1"');
  await expect(editor(ana).locator(".source-problem")).toBeEmpty();
  await expect(editor(ben).locator(".diagram .source-picture img")).toBeVisible();
  for (const page of [ana, ben]) expect(await page.evaluate(() => "ran" in window)).toBe(false);
  await ana.keyboard.press("Escape");
  await ana.keyboard.type("after");
  await expect(editor(ben).locator("p")).toContainText("after");
  await untilSaved(ana);
});

test("axe finds nothing in them", async ({ twoPeople: { ana } }) => {
  const id = await newDocument(ana, "Heavy");
  await openDocument(ana, id);
  await editor(ana).click();
  await ana.keyboard.type("a $x^2$ b\n$$ \\int_0^1 x dx");
  await ana.keyboard.press("Escape");
  await ana.keyboard.type("```mermaid flowchart LR\nA --> B");
  await ana.keyboard.press("Escape");
  await ana.keyboard.type('```ts // note\nconst a: string = "b" + f(12);\nclass B {}');
  await expect(editor(ana).locator(".diagram .source-picture img")).toBeVisible();
  await expect(editor(ana).locator(".math-block .katex")).toBeVisible();
  await expect(editor(ana).locator(".hljs-keyword").first()).toBeVisible();
  expect(await complaints(ana)).toEqual([]);
  await caretTo(ana, "end");
});
