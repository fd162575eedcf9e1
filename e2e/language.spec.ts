// The interface in the language of whoever looks at it.
import { complaints } from "./axe.ts";
import { expect, test } from "./fixtures.ts";

test.describe("a browser that asks for German", () => {
  test.use({ locale: "de-AT" });

  test("gets the login page in German", async ({ page }) => {
    await page.goto("/login");
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
    await expect(page.getByRole("button", { name: "Anmelden" })).toBeVisible();
    expect(await complaints(page)).toEqual([]);
  });
});

test("choosing Arabic turns the page about, and it stays so", async ({ twoPeople: { ana } }) => {
  await ana.goto("/documents");
  await ana.getByRole("button", { name: /Account of/ }).click();
  await ana.getByRole("menuitemradio", { name: "العربية" }).click();
  const page = ana.locator("html");
  await expect(page).toHaveAttribute("dir", "rtl");
  await ana.reload();
  await expect(page).toHaveAttribute("dir", "rtl");
  await expect(page).toHaveAttribute("lang", "ar");
  await expect(ana.getByRole("heading", { level: 1, name: "المستندات" })).toBeVisible();
  expect(await complaints(ana)).toEqual([]);
});
