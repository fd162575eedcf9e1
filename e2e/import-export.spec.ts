// Files in and out: chosen, dropped, refused; and a Word file of what was written.
import { buffer } from "node:stream/consumers";
import type { Page } from "@playwright/test";
import { docxOf } from "#app/_editor/import/docx.test-helper.ts";
import { fromDocx } from "#app/_editor/import/docx.ts";
import { complaints } from "./axe.ts";
import { editor, expect, newDocument, openDocument, test, textOf, untilSaved } from "./fixtures.ts";

const imports = (page: Page) => page.getByRole("region", { name: "Imports" });

async function choose(page: Page, files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  // The page shows before it listens.
  await expect(async () => {
    const chooser = page.waitForEvent("filechooser", { timeout: 4_000 });
    await page.getByRole("button", { name: "Import" }).click();
    await (await chooser).setFiles(files);
  }).toPass();
}

const file = (name: string, content: string | Buffer) => ({ name, mimeType: "", buffer: Buffer.from(content) });

test("chosen files become documents, each with its text or with a reason", async ({ twoPeople: { ana, ben } }) => {
  await ana.goto("/documents");
  await choose(ana, [
    file("minutes.md", "# Minutes of May\n\n- [x] ask Ben\n- [ ] write\n\nUntil June"),
    file("letter.docx", docxOf({ Heading1: "A letter", Normal: "Dear all" })),
    file("photo.png", "x"),
    file("wrong.docx", "no Word file"),
  ]);
  await expect(imports(ana).getByRole("heading")).toHaveText("2 files imported, 2 not");
  await expect(imports(ana).getByRole("listitem").filter({ hasText: "photo.png" })).toContainText("cannot be imported");
  await expect(imports(ana).getByRole("listitem").filter({ hasText: "wrong.docx" })).toContainText("not a Word file");
  await expect(ana.getByRole("list", { name: /Documents/ }).getByRole("link", { name: "A letter" })).toBeVisible();
  expect(await complaints(ana)).toEqual([]);

  await imports(ana).getByRole("link", { name: "Open Minutes of May" }).click();
  await expect(editor(ana)).toHaveAttribute("contenteditable", "true");
  expect(await textOf(ana)).toBe("ask Benwrite\nUntil June");
  await expect(editor(ana).getByRole("checkbox").first()).toBeChecked();
  // Somebody who comes later, and a page that is loaded again, find it once.
  await openDocument(ben, new URL(ana.url()).pathname.split("/").at(-1) ?? "");
  await editor(ben).click();
  await ben.keyboard.press("Control+End");
  await ben.keyboard.type(" soon");
  await untilSaved(ben);
  await ana.reload();
  await expect.poll(() => textOf(ana)).toBe("ask Benwrite\nUntil June soon");
});

test("files are dropped on the list; one that did not arrive is tried again and is one document", async ({
  twoPeople: { ana },
}) => {
  await ana.goto("/documents?q=dropped");
  await expect(ana.getByRole("button", { name: "New document" }).first()).toBeEnabled();
  let failures = 0;
  await ana.route("**/api/documents/import?**", async (route) => {
    if (failures++ > 0) return route.continue();
    // It arrives, and the answer is lost.
    await route.fetch();
    await route.abort();
  });
  await expect(async () => {
    await dragFiles(ana, "dragenter");
    await expect(ana.getByText("Drop to make documents of them")).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(ana.getByText(/up to 1 MB/).last()).toBeVisible();
  await dragFiles(ana, "drop");
  await expect(ana.getByText("Drop to make documents of them")).toBeHidden();
  await expect(imports(ana).getByRole("heading")).toHaveText("1 file imported, 1 not");
  await imports(ana).getByRole("button", { name: "Try again: dropped one.txt" }).click();
  await expect(imports(ana).getByRole("heading")).toHaveText("2 files imported");
  await expect(ana.getByRole("list", { name: /Documents/ }).getByRole("listitem")).toHaveCount(2);
  await imports(ana).getByRole("button", { name: "Close" }).click();
  await expect(imports(ana)).toHaveCount(0);
});

async function dragFiles(page: Page, event: "dragenter" | "drop"): Promise<void> {
  const dataTransfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(["one"], "dropped one.txt"));
    data.items.add(new File(["<p>two"], "dropped two.html"));
    return data;
  });
  await page.getByRole("main").dispatchEvent(event, { dataTransfer });
}

test("what was written comes out as a Word file", async ({ twoPeople: { ana } }) => {
  const id = await newDocument(ana, "Handed over");
  await openDocument(ana, id);
  await editor(ana).click();
  await ana.keyboard.type("## Part\n- one\n");
  await untilSaved(ana);
  await ana.getByRole("button", { name: "Share" }).click();
  const download = ana.waitForEvent("download");
  await ana.getByRole("menuitem", { name: "Word" }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe("Handed over.docx");
  const { doc } = await fromDocx(await buffer(await saved.createReadStream()));
  const shape = doc.content.content.map((node) => `${node.type.name}: ${node.textContent}`);
  expect(shape).toEqual(["heading: Handed over", "heading: Part", "bullet_list: one"]);
});
