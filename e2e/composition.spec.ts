// Writing through an input method (Chinese, Japanese, dead keys, every Android keyboard): what is being composed is not
// drawn anew, whatever others do beside it, or the input method would lose it.
import type { Page } from "@playwright/test";
import { caretTo, editor, expect, newDocument, openDocument, test, textOf, untilSaved } from "./fixtures.ts";

/** An input method over the page's caret, and how often the page has ended a composition. */
async function inputMethod(page: Page) {
  const session = await page.context().newCDPSession(page);
  const ended = await page.evaluateHandle(() => {
    const count = { times: 0 };
    addEventListener("compositionend", () => count.times++, true);
    return count;
  });
  return {
    compose: (text: string) =>
      session.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length }),
    commit: (text: string) => session.send("Input.insertText", { text }),
    ended: () => ended.evaluate(({ times }) => times),
  };
}

test("a composition goes on while others write in the same paragraph, and at the very same place", async ({
  twoPeople: { ana, ben },
}) => {
  const id = await newDocument(ana, "Input method");
  await openDocument(ana, id);
  await editor(ana).click();
  await ana.keyboard.type("Hello.");
  await untilSaved(ana);
  await openDocument(ben, id);
  const method = await inputMethod(ana);
  const node = () => ana.evaluateHandle(() => getSelection()?.anchorNode ?? null);
  const isStill = async (before: Awaited<ReturnType<typeof node>>) =>
    ana.evaluate((known) => known?.isConnected === true && getSelection()?.anchorNode === known, before);

  await method.compose("ni");
  await expect.poll(() => textOf(ana)).toBe("Hello.ni");
  const composed = await node();
  await caretTo(ben, "start");
  await ben.keyboard.type("Ben says: ");
  await expect.poll(() => textOf(ana)).toContain("Ben says: Hello.ni");
  expect(await isStill(composed)).toBe(true);
  await caretTo(ben, "end");
  await ben.keyboard.type("!");
  await expect.poll(() => textOf(ana)).toContain("!");
  await ben.keyboard.press("Enter");
  await ben.keyboard.type("a line of Ben's");
  await expect.poll(() => textOf(ana)).toContain("a line of Ben's");
  expect(await isStill(composed)).toBe(true);
  await method.compose("nihao");
  expect(await method.ended()).toBe(0);
  await method.commit("你好");
  await expect.poll(() => textOf(ana)).toContain("你好");
  expect(await method.ended()).toBe(1);
  await untilSaved(ana);
  await expect.poll(() => textOf(ben)).toBe(await textOf(ana));
  const text = await textOf(ana);
  expect(text).toContain("Ben says: Hello.");
  expect(text).not.toContain("ni");
  expect(text.split("\n")[1]).toBe("a line of Ben's");
});

test("what is composed in a line just begun stays in order, and input rules wait for it", async ({
  twoPeople: { ana, ben },
}) => {
  const id = await newDocument(ana, "Lines by input method");
  await openDocument(ana, id);
  await editor(ana).click();
  const method = await inputMethod(ana);
  for (const [index, word] of ["日本", "東京", "大阪"].entries()) {
    if (index > 0) await ana.keyboard.press("Enter");
    await method.compose("にほ");
    await method.compose("にほん");
    await method.commit(word);
    await method.compose("ご");
    await method.commit("語");
  }
  expect(await textOf(ana)).toBe("日本語\n東京語\n大阪語");
  await ana.keyboard.press("Enter");
  await method.compose("# ");
  expect(await editor(ana).locator("h1").count()).toBe(0);
  await method.commit("#1");
  await untilSaved(ana);
  await openDocument(ben, id);
  await expect.poll(() => textOf(ben)).toBe("日本語\n東京語\n大阪語\n#1");
});
