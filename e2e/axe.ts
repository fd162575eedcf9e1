// What axe has to say about a page, in both themes: a page is judged as it stands, so a spec brings it there once.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Empty, or a line for each rule that is broken: theme, rule, elements. Only colours differ between the themes. */
export async function complaints(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
    // Nothing of the pages comes from elsewhere: no frames to go into, with a page of its own to gather what was found.
    const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] });
    const { violations } = await (colorScheme === "dark"
      ? axe.withRules(["color-contrast", "link-in-text-block"])
      : axe
    ).analyze();
    for (const { id, nodes } of violations) {
      found.push(`${colorScheme}, ${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
    }
  }
  return found;
}
