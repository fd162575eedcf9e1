// Tables with two people in them: made and changed from the keyboard, pasted into, resized under a remote edit, and
// hammered by both at once.
import type { Page } from "@playwright/test";
import { complaints } from "./axe.ts";
import { caretTo, editor, expect, newDocument, openDocument, test, untilSaved } from "./fixtures.ts";

async function insertTable(page: Page): Promise<void> {
  await editor(page).click();
  await page.keyboard.type("/table");
  await page.keyboard.press("Enter");
  await expect(editor(page).locator("th")).toHaveCount(3);
}

/** The words of each cell, row by row. */
function cells(page: Page): Promise<string[][]> {
  return editor(page)
    .locator("tr")
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...row.querySelectorAll(":scope > td, :scope > th")].map((cell) => {
          const copy = cell.cloneNode(true) as HTMLElement;
          for (const widget of copy.querySelectorAll(".ProseMirror-widget")) widget.remove();
          return (copy.textContent ?? "").replaceAll("\u2060", "");
        }),
      ),
    );
}

const entry = (page: Page, name: string) =>
  page.getByRole("toolbar", { name: "Table" }).getByRole("button", { name, exact: true });

function paste(page: Page, data: Record<string, string>): Promise<void> {
  return editor(page).evaluate((element, items) => {
    const clipboardData = new DataTransfer();
    for (const [type, text] of Object.entries(items)) clipboardData.setData(type, text);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, data);
}

test("written with Tab, changed from its bar and from the keyboard, undone", async ({ twoPeople: { ana, ben } }) => {
  const id = await newDocument(ana, "Budget");
  await openDocument(ana, id);
  await openDocument(ben, id);
  await insertTable(ana);
  for (const word of ["Item", "Cost", "Who", "Tea", "3", "Ana", "Cake", "9"]) {
    await ana.keyboard.type(word);
    await ana.keyboard.press("Tab");
  }
  await ana.keyboard.type("Ben");
  await ana.keyboard.press("Tab");
  await ana.keyboard.type("Sum");
  const written = [
    ["Item", "Cost", "Who"],
    ["Tea", "3", "Ana"],
    ["Cake", "9", "Ben"],
    ["Sum", "", ""],
  ];
  await expect.poll(() => cells(ben)).toEqual(written);
  await entry(ana, "Column after").click();
  await expect.poll(() => cells(ben)).toEqual(written.map(([first, ...rest]) => [first, "", ...rest]));
  await ana.keyboard.press("Control+z");
  await expect.poll(() => cells(ben)).toEqual(written);
  await ana.keyboard.press("Alt+ArrowUp");
  await expect.poll(async () => (await cells(ben)).map(([first]) => first)).toEqual(["Item", "Tea", "Sum", "Cake"]);
  await expect(entry(ana, "Header row")).toHaveAttribute("aria-pressed", "true");
  await expect(entry(ana, "Merge cells")).toHaveAttribute("aria-disabled", "true");

  // The same entries from the keyboard alone, in the toolbar's menu.
  await ana.keyboard.press("Alt+F10");
  await ana.keyboard.press("End");
  await expect(ana.getByRole("button", { name: "Table", exact: true })).toBeFocused();
  await ana.keyboard.press("Enter");
  await ana.getByRole("menuitem", { name: "Delete row" }).press("Enter");
  await expect.poll(async () => (await cells(ben)).map(([first]) => first)).toEqual(["Item", "Tea", "Cake"]);
});

test("a spreadsheet's cells go into cells; a table's Markdown comes in as one", async ({ twoPeople: { ana } }) => {
  const id = await newDocument(ana, "From a spreadsheet");
  await openDocument(ana, id);
  await insertTable(ana);
  await ana.keyboard.press("Tab");
  const html = "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>";
  await paste(ana, { "text/html": html, "text/plain": "a\tb\nc\td" });
  await expect
    .poll(() => cells(ana))
    .toEqual([
      ["", "a", "b"],
      ["", "c", "d"],
      ["", "", ""],
    ]);
  await caretTo(ana, "end");
  await paste(ana, { "text/plain": "# Next\n\n| x | y |\n| --- | --- |\n| 1 | 2 |" });
  await expect(editor(ana).locator("table")).toHaveCount(2);
  await expect(editor(ana).locator("table").last().locator("th")).toHaveText(["x", "y"]);
});

test("selected cells stay selected and a column is resized while somebody else writes", async ({
  twoPeople: { ana, ben },
}) => {
  const id = await newDocument(ana, "Side by side");
  await openDocument(ana, id);
  await insertTable(ana);
  await ana.keyboard.type("one");
  await untilSaved(ana);
  await openDocument(ben, id);
  await caretTo(ben, "end");
  const first = editor(ana).locator("th").first();
  const second = editor(ana).locator("td").first();
  const from = await first.boundingBox();
  const to = await second.boundingBox();
  if (!from || !to) throw new Error("no cells on the screen");
  await ana.mouse.move(from.x + 20, from.y + 15);
  await ana.mouse.down();
  await ana.mouse.move(to.x + 25, to.y + 15, { steps: 4 });
  await ana.mouse.up();
  await expect(editor(ana).locator(".selectedCell")).toHaveCount(2);
  await ben.keyboard.type("below");
  await expect(editor(ana)).toContainText("below");
  await expect(editor(ana).locator(".selectedCell")).toHaveCount(2);

  const edge = from.x + from.width;
  await ana.mouse.move(edge - 2, from.y + 15);
  await expect(editor(ana).locator(".column-resize-handle").first()).toBeAttached();
  await ana.mouse.down();
  await ana.mouse.move(edge + 40, from.y + 15, { steps: 4 });
  await ben.keyboard.type(" and more");
  await expect(editor(ana)).toContainText("below and more");
  await ana.mouse.move(edge + 60, from.y + 15, { steps: 4 });
  await ana.mouse.up();
  const width = async (page: Page) => (await editor(page).locator("th").first().boundingBox())?.width ?? 0;
  await expect.poll(() => width(ben)).toBeGreaterThan(from.width + 40);
  expect(Math.abs((await width(ana)) - (await width(ben)))).toBeLessThan(3);
});

test("two people who hammer one table see the same, and it does not run away", async ({ twoPeople: { ana, ben } }) => {
  test.setTimeout(120_000);
  const id = await newDocument(ana, "Hammered");
  await openDocument(ana, id);
  await insertTable(ana);
  await ana.keyboard.type("start");
  await untilSaved(ana);
  await openDocument(ben, id);
  const errors: string[] = [];
  for (const page of [ana, ben]) page.on("pageerror", (error) => errors.push(error.message));
  const commands = ["Row below", "Column after", "Column before", "Row above", "Delete column", "Delete row"];
  let done = 0;
  const hammer = async (page: Page, seed: number) => {
    const until = Date.now() + 15_000;
    for (let n = seed; Date.now() < until && (await editor(page).locator("table").count()) > 0; n++) {
      const cell = editor(page).locator("td, th");
      await cell
        .nth((n * 7) % Math.max(1, await cell.count()))
        .click({ position: { x: 12, y: 12 }, timeout: 2_000 })
        .catch(() => {});
      await page.keyboard.type(`${seed}.${n} `);
      // Adding more often than deleting: what could run away must have the chance to.
      const command = commands[(n * 5 + seed) % (n % 3 === 0 ? 6 : 4)] ?? "";
      const button = entry(page, command);
      if ((await button.getAttribute("aria-disabled").catch(() => null)) === "false") {
        await button.click({ timeout: 2_000 }).catch(() => {});
        done++;
      }
    }
  };
  await Promise.all([hammer(ana, 1), hammer(ben, 2)]);
  await Promise.all([untilSaved(ana), untilSaved(ben)]);
  await expect.poll(async () => JSON.stringify(await cells(ana)) === JSON.stringify(await cells(ben))).toBe(true);
  const rows = await cells(ana);
  const widest = Math.max(...rows.map((row) => row.length));
  console.log(`${done} commands; ${rows.length} rows, ${widest} columns`);
  expect(done).toBeGreaterThan(4);
  expect(widest).toBeLessThanOrEqual(50);
  expect(rows.length).toBeLessThanOrEqual(3 + done);
  expect(errors).toEqual([]);
});

test("axe finds nothing about a table", async ({ twoPeople: { ana } }) => {
  await openDocument(ana, await newDocument(ana, "Table"));
  await insertTable(ana);
  for (const word of ["Item", "Cost", "Who"]) {
    await ana.keyboard.type(word);
    await ana.keyboard.press("Tab");
  }
  expect(await complaints(ana)).toEqual([]);
});
