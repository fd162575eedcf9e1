// The main job: two people write in one document at once, and lose nothing.
import type { Page } from "@playwright/test";
import {
  caretTo,
  editor,
  expect,
  newDocument,
  openDocument,
  pageOf,
  saveState,
  test,
  textOf,
  untilSaved,
} from "./fixtures.ts";

// The last file of its project: two browsers share its tests.
test.describe.configure({ mode: "parallel" });

/** Both have a new document open, and Ben sees what Ana wrote there; answers its id. */
async function writeForBoth({ ana, ben }: { ana: Page; ben: Page }, title: string, text: string): Promise<string> {
  const id = await newDocument(ana, title);
  await Promise.all([openDocument(ana, id), openDocument(ben, id)]);
  await editor(ana).click();
  await ana.keyboard.type(text);
  await expect.poll(() => textOf(ben)).toContain(text.trim());
  return id;
}

test("two people type in one paragraph for 20 s; both and a third fresh page end equal", async ({
  app,
  twoPeople,
  browser,
}) => {
  const { ana, ben } = twoPeople;
  const id = await writeForBoth(twoPeople, "Together", "middle");
  await caretTo(ana, "end");
  await caretTo(ben, "start");

  const deadline = Date.now() + 20_000;
  const typed = { ana: "", ben: "" };
  const typeWords = async (who: "ana" | "ben") => {
    for (let n = 0; Date.now() < deadline; n++) {
      const word = `${who}${n} `;
      await twoPeople[who].keyboard.type(word, { delay: 25 });
      typed[who] += word;
    }
  };
  await Promise.all([typeWords("ana"), typeWords("ben")]);
  expect(typed.ana.length).toBeGreaterThan(100);
  expect(typed.ben.length).toBeGreaterThan(100);

  await Promise.all([untilSaved(ana), untilSaved(ben)]);
  const expected = `${typed.ben}middle${typed.ana}`.trim();
  await expect.poll(async () => (await textOf(ana)).trim()).toBe(expected);
  await expect.poll(async () => (await textOf(ben)).trim()).toBe(expected);
  const third = await pageOf(browser, app.url, "admin");
  await openDocument(third, id);
  await expect.poll(async () => (await textOf(third)).trim()).toBe(expected);
  await third.context().close();

  await ana.reload();
  await expect(editor(ana)).toHaveAttribute("contenteditable", "true");
  await expect.poll(async () => (await textOf(ana)).trim()).toBe(expected);
});

test("two people type at the very same place; not a letter is lost, and their words do not mix", async ({
  twoPeople,
}) => {
  const { ana, ben } = twoPeople;
  await writeForBoth(twoPeople, "The same place", "Here: ");
  await caretTo(ana, "end");
  await caretTo(ben, "end");
  const typed = { ana: "anabel ".repeat(12), ben: "benedict ".repeat(10) };
  await Promise.all([ana.keyboard.type(typed.ana, { delay: 40 }), ben.keyboard.type(typed.ben, { delay: 40 })]);
  const either = [`Here: ${typed.ana}${typed.ben}`, `Here: ${typed.ben}${typed.ana}`].map((text) => text.trim());
  await expect.poll(async () => either.includes((await textOf(ana)).trim()), await textOf(ana)).toBe(true);
  await expect.poll(async () => (await textOf(ana)) === (await textOf(ben))).toBe(true);
});

test("each sees the other's name at the cursor", async ({ twoPeople }) => {
  const { ana, ben } = twoPeople;
  const id = await newDocument(ana, "Cursors");
  await Promise.all([openDocument(ana, id), openDocument(ben, id)]);
  await editor(ana).click();
  await ana.keyboard.type("Hello from Ana");
  await expect(editor(ben).getByText("Ana", { exact: true })).toBeVisible();
  await caretTo(ben, "start");
  await expect(editor(ana).getByText("Ben", { exact: true })).toBeVisible();
});

/** Ana has all of "one two" selected and goes left; the page does not tell of it. Ben's caret is at the end. */
async function goLeftUntold(both: { ana: Page; ben: Page }): Promise<void> {
  const { ana, ben } = both;
  await writeForBoth(both, "Arrow", "one two");
  await caretTo(ben, "end");
  await ana.keyboard.press("Control+a");
  await ana.evaluate(() => addEventListener("selectionchange", (event) => event.stopPropagation(), { capture: true }));
  await ana.keyboard.press("ArrowLeft");
}

test("what somebody else writes does not put an arrow key back that the page has not told of yet", async ({
  twoPeople,
}) => {
  const { ana, ben } = twoPeople;
  await goLeftUntold(twoPeople);
  await ben.keyboard.type(" three");
  await expect.poll(() => textOf(ana)).toContain("one two three");
  await ana.keyboard.type("zero ");
  await expect.poll(() => textOf(ben)).toContain("zero one two three");
});

test("nor does somebody else's caret put it back", async ({ twoPeople }) => {
  const { ana, ben } = twoPeople;
  await goLeftUntold(twoPeople);
  await ben.keyboard.press("ArrowLeft");
  const before = () =>
    editor(ana).evaluate((text) => text.querySelector(".remote-caret")?.previousSibling?.textContent);
  await expect.poll(before).toBe("one tw");
  await ana.keyboard.type("zero ");
  await expect.poll(() => textOf(ben)).toContain("zero one two");
});

test("undo takes back only one's own writing", async ({ twoPeople }) => {
  const { ana, ben } = twoPeople;
  await writeForBoth(twoPeople, "Undo", "apples");
  await caretTo(ben, "end");
  await ben.keyboard.type(" and pears");
  await expect.poll(() => textOf(ana)).toContain("apples and pears");

  await ana.keyboard.press("Control+z");
  await expect.poll(async () => (await textOf(ana)).trim()).toBe("and pears");
  await expect.poll(async () => (await textOf(ben)).trim()).toBe("and pears");
  await ana.keyboard.press("Control+y");
  await expect.poll(async () => (await textOf(ben)).trim()).toBe("apples and pears");
  await ben.keyboard.press("Control+z");
  await expect.poll(async () => (await textOf(ana)).trim()).toBe("apples");

  // A heading that Ana made and Ben wrote in: she takes back all that she ever did.
  await caretTo(ana, "end");
  await ana.keyboard.type("\n# Plan");
  const heading = editor(ben).getByRole("heading", { name: "Plan" });
  await heading.click();
  await ben.keyboard.press("End");
  await ben.keyboard.type(" of Ben");
  await expect.poll(() => textOf(ana)).toContain("Plan of Ben");
  for (let step = 0; step < 6; step++) await ana.keyboard.press("Control+z");
  await expect.poll(async () => (await textOf(ana)).trim()).toBe("of Ben");
  await expect.poll(async () => (await textOf(ben)).trim()).toBe("of Ben");
});

test("a link does not drop words that are nowhere else: the browser asks first", async ({ twoPeople: { ana } }) => {
  const id = await newDocument(ana, "Nowhere else");
  // No copy on the device, and once the document is open no server.
  await ana.addInitScript(() => Object.defineProperty(window, "indexedDB", { value: undefined }));
  let isCut = false;
  await ana.routeWebSocket(/\/ws\//, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((frame) => isCut || server.send(frame));
  });
  await openDocument(ana, id);
  await editor(ana).click();
  isCut = true;
  await ana.keyboard.type("Only here.");
  const asked: string[] = [];
  ana.on("dialog", async (dialog) => {
    asked.push(dialog.type());
    await dialog.dismiss();
  });
  await ana.getByRole("link", { name: "All documents" }).first().click();
  await expect.poll(() => asked).toEqual(["beforeunload"]);
  await expect(ana).toHaveURL(new RegExp(id));
  expect(await textOf(ana)).toBe("Only here.");
  await ana.keyboard.press("Control+Shift+p");
  await ana.getByRole("dialog", { name: "Commands" }).getByRole("combobox").fill("trash");
  await ana.keyboard.press("Enter");
  await expect.poll(() => asked).toEqual(["beforeunload", "beforeunload"]);
  await expect(ana).toHaveURL(new RegExp(id));
  expect(await textOf(ana)).toBe("Only here.");
});

test("the save state says Saving, then Saved, and then the text is in the export", async ({ twoPeople: { ana } }) => {
  const id = await newDocument(ana, "Save state");
  await openDocument(ana, id);
  await editor(ana).click();
  await ana.keyboard.type("Every word counts.");
  await expect(saveState(ana)).toHaveText("Saving…");
  await untilSaved(ana);
  const response = await ana.request.get(`/api/documents/${id}/export?format=text`);
  expect(response.status()).toBe(200);
  expect(await response.text()).toContain("Every word counts.");
});
