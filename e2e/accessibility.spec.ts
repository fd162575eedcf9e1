// axe finds nothing to complain about on the pages, in light and in dark.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { editor, expect, newDocument, openDocument, test } from "./fixtures.ts";

async function complaints(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`login, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto("/login");
    await expect(page.getByLabel(/e-?mail/i)).toBeVisible();
    expect(await complaints(page)).toEqual([]);
  });

  test(`list, ${colorScheme}`, async ({ twoPeople: { ana } }) => {
    await ana.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await ana.goto("/documents");
    await expect(ana.getByRole("button", { name: "New document" })).toBeVisible();
    expect(await complaints(ana)).toEqual([]);
  });

  test(`document, ${colorScheme}`, async ({ twoPeople: { ana, ben } }) => {
    await ana.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const id = await newDocument(ana, `Accessible in ${colorScheme}`);
    await Promise.all([openDocument(ana, id), openDocument(ben, id)]);
    await editor(ben).click();
    await ben.keyboard.type("# Heading\nText with a [link](https://example.org) \n- [ ] task");
    await expect(editor(ana).getByRole("heading", { name: "Heading" })).toBeVisible();
    expect(await complaints(ana)).toEqual([]);
  });
}
