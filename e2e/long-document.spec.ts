// A document of many windows, most of which the browser neither lays out nor draws: writing and going about in it is
// as in a short one. How quick it is, is measured in bench/.
import type { Page } from "@playwright/test";
import { caretTo, editor, expect, newDocument, openDocument, paste, test, textOf } from "./fixtures.ts";

const lines = Array.from({ length: 400 }, (_, index) => `Line ${index + 1}. ${"A few words. ".repeat(20)}`);

async function openLong(page: Page): Promise<void> {
  await openDocument(page, await newDocument(page, "Long"));
  await editor(page).click();
  await paste(page, lines.join("\n"));
  await expect.poll(async () => (await textOf(page)).split("\n").length).toBe(lines.length);
}

test("a letter that follows Enter at once stands behind it, at the top and at the end", async ({
  twoPeople: { ana },
}) => {
  await openLong(ana);
  for (const place of ["start", "end"] as const) {
    await caretTo(ana, place);
    // Signs that no key has are inserted without one: nothing else happens in between.
    const written = Array.from({ length: 25 }, (_, index) => `工知${index}能`);
    await ana.keyboard.type(`${place === "end" ? "\n" : ""}${written.join("\n")}${place === "start" ? "\n" : ""}`);
    const text = (await textOf(ana)).split("\n");
    expect(place === "start" ? text.slice(0, 25) : text.slice(-25)).toEqual(written);
  }
});

test("a heading, a match and the end are reached however far they are, and Tab goes to the next control", async ({
  twoPeople: { ana },
}) => {
  await openLong(ana);
  await caretTo(ana, "start");
  await ana.keyboard.press("Control+f");
  const panel = ana.getByRole("search", { name: "Find and replace" });
  await panel.getByRole("textbox", { name: "Find", exact: true }).fill("Line 311.");
  await ana.keyboard.press("Enter");
  await expect(editor(ana).getByText("Line 311.")).toBeInViewport();
  await ana.keyboard.press("Escape");
  await expect(editor(ana)).toBeFocused();
  await ana.keyboard.press("Home");
  await ana.keyboard.type("## ");
  await expect(editor(ana).getByRole("heading", { name: "Line 311." })).toBeInViewport();
  await ana.keyboard.press("Control+End");
  await expect(editor(ana).getByText("Line 400.")).toBeInViewport();
  await ana.keyboard.press("Control+Home");
  await expect(editor(ana).getByText("Line 1.")).toBeInViewport();

  await ana.keyboard.press("Shift+Tab");
  await expect(ana.getByRole("textbox", { name: "Title" })).toBeFocused();
});
