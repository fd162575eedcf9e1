// A bad network: what the page says meanwhile, and that nothing written meanwhile is lost.
import {
  caretTo,
  editor,
  expect,
  newDocument,
  openDocument,
  pageOf,
  SAVED,
  saveState,
  test,
  textOf,
  untilSaved,
} from "./fixtures.ts";
import { createGate } from "./gate.ts";

test("edits made offline survive a reload, and merge with what others wrote meanwhile", async ({ app, browser }) => {
  const gate = await createGate(app.url);
  const ana = await pageOf(browser, gate.url, "ana");
  const ben = await pageOf(browser, app.url, "ben");
  try {
    const id = await newDocument(ben, "Train ride");
    await Promise.all([openDocument(ana, id), openDocument(ben, id)]);
    await editor(ana).click();
    await ana.keyboard.type("Station.");
    await untilSaved(ana);
    await expect.poll(() => textOf(ben)).toContain("Station.");

    gate.shut();
    await expect(saveState(ana)).toHaveText(/Offline/);
    await caretTo(ana, "end");
    await ana.keyboard.type(" Tunnel.");
    await expect(saveState(ana)).toHaveText(/Not sent yet/);
    await caretTo(ben, "start");
    await ben.keyboard.type("Meanwhile. ");
    await untilSaved(ben);
    expect(await textOf(ben)).not.toContain("Tunnel.");

    await ana.reload();
    await expect.poll(() => textOf(ana)).toContain("Station. Tunnel.");
    await expect(saveState(ana)).toHaveText(/Not sent yet|Offline/);

    gate.open();
    const merged = "Meanwhile. Station. Tunnel.";
    await expect.poll(async () => (await textOf(ana)).trim(), { timeout: 30_000 }).toBe(merged);
    await expect.poll(async () => (await textOf(ben)).trim()).toBe(merged);
    await untilSaved(ana);
  } finally {
    await ana.context().close();
    await ben.context().close();
    await gate.close();
  }
});

test("a short cut is healed without a reload, in both directions", async ({ app, browser }) => {
  const gate = await createGate(app.url);
  const ana = await pageOf(browser, gate.url, "ana");
  const ben = await pageOf(browser, app.url, "ben");
  try {
    const id = await newDocument(ben, "Loose cable");
    await Promise.all([openDocument(ana, id), openDocument(ben, id)]);
    await editor(ana).click();
    await editor(ben).click();
    for (let round = 0; round < 3; round++) {
      gate.shut();
      await ana.keyboard.type(`a${round}.`);
      await ben.keyboard.type(`b${round}.`);
      await expect(saveState(ana)).toHaveText(/Not sent yet|Offline/);
      gate.open();
      await expect(saveState(ana)).toHaveText(SAVED, { timeout: 30_000 });
      await expect.poll(() => textOf(ben)).toContain(`a${round}.`);
      await expect.poll(() => textOf(ana)).toContain(`b${round}.`);
    }
    expect(await textOf(ana)).toBe(await textOf(ben));
  } finally {
    await ana.context().close();
    await ben.context().close();
    await gate.close();
  }
});
