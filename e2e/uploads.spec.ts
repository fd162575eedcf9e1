// Pictures and files: chosen, pasted, dropped, given up, tried again; and who else may have them.
import type { Page } from "@playwright/test";
import sharp from "sharp";
import { complaints } from "./axe.ts";
import { caretTo, editor, expect, newDocument, openDocument, pageOf, test, textOf, untilSaved } from "./fixtures.ts";

const png = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#7a9" } })
    .png()
    .toBuffer();

async function chooseFile(page: Page, entry: string, file: { name: string; mimeType: string; buffer: Buffer }) {
  const chooser = page.waitForEvent("filechooser");
  await page.keyboard.type(`/${entry}`);
  await page.keyboard.press("Enter");
  await (await chooser).setFiles(file);
}

/** Pastes a file, as a screenshot is; or drops it on the text. Zeros follow its bytes up to `size`. */
async function give(
  page: Page,
  how: "paste" | "drop",
  bytes: Buffer,
  name: string,
  type: string,
  size = bytes.length,
): Promise<void> {
  await editor(page).evaluate(
    (element, { kind, base64, fileName, mime, zeros }) => {
      const data = new DataTransfer();
      const content = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      data.items.add(new File([content, new Uint8Array(zeros)], fileName, { type: mime }));
      const { left, bottom } = (element.lastElementChild ?? element).getBoundingClientRect();
      const options = { bubbles: true, cancelable: true, clientX: left + 5, clientY: bottom - 5 };
      element.dispatchEvent(
        kind === "paste"
          ? new ClipboardEvent("paste", { ...options, clipboardData: data })
          : new DragEvent("drop", { ...options, dataTransfer: data }),
      );
    },
    { kind: how, base64: bytes.toString("base64"), fileName: name, mime: type, zeros: size - bytes.length },
  );
}

test("a chosen picture: seen by the other, with words for those who do not see it, a width and a caption", async ({
  twoPeople: { ana, ben },
}) => {
  const id = await newDocument(ana, "Pictures");
  await openDocument(ana, id);
  await openDocument(ben, id);
  await editor(ana).click();
  await chooseFile(ana, "picture", { name: "map.png", mimeType: "image/png", buffer: await png(600, 300) });
  const picture = (page: Page) => editor(page).locator("figure img");
  await expect(picture(ana)).toBeVisible();
  await expect.poll(() => picture(ben).evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(600);
  // Writing goes on below it.
  await ana.keyboard.type("below the map");
  await expect.poll(() => textOf(ben)).toMatch(/below the map/);

  await picture(ana).click();
  const bar = ana.getByRole("toolbar", { name: "Picture" });
  await ana.keyboard.press("Enter");
  await expect(bar.getByLabel("What the picture shows")).toBeFocused();
  await ana.keyboard.type("A map of the town");
  await ana.keyboard.press("Enter");
  await expect(editor(ben).getByRole("img", { name: "A map of the town" })).toBeVisible();
  await bar.getByLabel("Width").selectOption("Half");
  await expect.poll(async () => (await picture(ben).boundingBox())?.width ?? 0).toBeLessThan(400);
  await editor(ana).locator("figcaption").click();
  await ana.keyboard.type("Where we meet");
  await expect(editor(ben).locator("figcaption")).toContainText("Where we meet");

  // Somebody writes while the picture is selected here, and even deletes it: nothing breaks.
  await picture(ana).click();
  await caretTo(ben, "end");
  await ben.keyboard.type(" by Ben");
  await expect(editor(ana)).toContainText("by Ben");
  await expect(editor(ana).locator("figure")).toHaveClass(/selectednode/);
  await picture(ben).click();
  await ben.getByRole("button", { name: "Remove the picture" }).click();
  await expect(editor(ana).locator("figure")).toHaveCount(0);
  await ana.keyboard.type("!");
  await expect.poll(() => textOf(ben)).toContain("!");
});

test("a pasted screenshot and a dropped file survive writing above them while they are on their way", async ({
  twoPeople: { ana, ben },
}) => {
  const id = await newDocument(ana, "On their way");
  await openDocument(ana, id);
  await editor(ana).click();
  await ana.keyboard.type("above");
  await ana.keyboard.press("Enter");
  await untilSaved(ana);
  await openDocument(ben, id);
  let go = () => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  await ana.route("**/api/documents/*/files?*", async (route) => {
    await held;
    await route.continue();
  });
  await give(ana, "paste", await png(30, 20), "image.png", "image/png");
  await expect(editor(ana).getByRole("progressbar", { name: "Uploading image.png" })).toBeVisible();
  await caretTo(ben, "start");
  await ben.keyboard.type("Ben writes ");
  await ben.keyboard.press("Enter");
  await expect(editor(ana)).toContainText("Ben writes");
  await expect(editor(ana).getByRole("progressbar", { name: "Uploading image.png" })).toBeVisible();
  await give(ana, "drop", Buffer.from("minutes of the meeting"), "minutes.pdf", "application/pdf");
  go();
  await expect(editor(ben).locator("figure img")).toBeVisible();
  await expect(editor(ben).getByRole("link", { name: "minutes.pdf" })).toBeVisible();
  await expect(editor(ben).locator("div[data-file]")).toContainText("22 B");
  const order = await editor(ben).evaluate((element) => [...element.children].map((child) => child.tagName));
  expect(order.indexOf("FIGURE")).toBeGreaterThan(1);
  const download = ben.waitForEvent("download");
  await editor(ben).getByRole("link", { name: "minutes.pdf" }).click();
  expect((await download).suggestedFilename()).toBe("minutes.pdf");
});

test("what fails says why and can be tried again or removed; what is given up is not there", async ({
  twoPeople: { ana },
}) => {
  const id = await newDocument(ana, "Failures");
  await openDocument(ana, id);
  await editor(ana).click();
  await ana.route("**/api/documents/*/files?*", (route) => route.abort());
  await give(ana, "paste", await png(30, 20), "first.png", "image/png");
  const box = editor(ana).locator(".upload");
  await expect(box.getByRole("status")).toHaveText("Not uploaded. The connection broke.");
  await ana.unroute("**/api/documents/*/files?*");
  await box.getByRole("button", { name: "Try again" }).click();
  await expect(editor(ana).locator("figure img")).toBeVisible();
  await expect(box).toHaveCount(0);

  await give(ana, "paste", Buffer.from("<html>no picture</html>"), "second.png", "image/png");
  await expect(box.getByRole("status")).toContainText("This picture cannot be read.");
  await box.getByRole("button", { name: "Remove" }).click();
  await expect(box).toHaveCount(0);

  await give(ana, "paste", Buffer.of(), "third.zip", "application/zip", 26_000_000);
  await expect(box.getByRole("status")).toHaveText("Not uploaded. It is too large. A file has at most 25 MB.");
  await box.getByRole("button", { name: "Remove" }).click();
  await expect(editor(ana).locator("figure")).toHaveCount(1);
});

test("only staff may have a file, an SVG is never shown, axe finds nothing", async ({
  app,
  browser,
  twoPeople: { ana },
}) => {
  const id = await newDocument(ana, "Served");
  await openDocument(ana, id);
  await editor(ana).click();
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>';
  await chooseFile(ana, "file", { name: "drawing.svg", mimeType: "image/svg+xml", buffer: Buffer.from(svg) });
  const link = editor(ana).getByRole("link", { name: "drawing.svg" });
  const href = (await link.getAttribute("href")) ?? "";
  const response = await ana.request.get(href.replace("?download", ""));
  expect(response.headers()).toMatchObject({
    "content-type": "application/octet-stream",
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
  });
  expect(response.headers()["content-disposition"]).toContain("attachment");
  const stranger = await browser.newContext({ baseURL: app.url });
  expect((await stranger.request.get(href)).status()).toBe(401);
  await stranger.close();
  const ben = await pageOf(browser, app.url, "ben");
  expect((await ben.request.get(href)).status()).toBe(200);
  await ben.context().close();
  await give(ana, "paste", await png(300, 200), "image.png", "image/png");
  await editor(ana).locator("figure img").click();
  expect(await complaints(ana)).toEqual([]);
});
