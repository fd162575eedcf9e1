
import { expect, newDocument, test } from "./fixtures.ts";
const md = { de: "# Bericht\n\nEin **fetter** Absatz mit `Code`.\n\n> [!WARNING]\n> Vorsicht hier\n\n- [ ] offen\n- [x] fertig\n\n```ts\nconst a = 1;\nfoo();\n```\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n## Zweites\n\nEnde", ar: "# تقرير\n\nفقرة فيها نص **غامق** وكلمات.\n\n> [!WARNING]\n> احذر هنا\n\n- [ ] مفتوح\n- [x] منجز\n\n```ts\nconst a = 1;\nfoo();\n```\n\n| أ | ب |\n| --- | --- |\n| 1 | 2 |\n\n## ثانٍ\n\nالنهاية" };
for (const locale of ["de", "ar"] as const) test("shots " + locale, async ({ twoPeople: { ana } }) => {
  test.setTimeout(120000);
  const id = await newDocument(ana, locale === "de" ? "Quartalsbericht" : "التقرير الفصلي");
  await ana.setExtraHTTPHeaders({ "Accept-Language": locale });
  await ana.setViewportSize({ width: 1280, height: 900 });
  await ana.goto(`/documents/${id}`);
  const text = ana.locator(".ProseMirror");
  await expect(text).toHaveAttribute("contenteditable", "true");
  await text.click();
  await text.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, md[locale]);
  for (const scheme of ["light", "dark"] as const) {
    await ana.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    for (const width of [1280, 390]) {
      await ana.setViewportSize({ width, height: 900 });
      const shot = async (name: string) => { await ana.waitForTimeout(400); await ana.screenshot({ path: `/tmp/wt-paste-shots/${locale}-${scheme}-${width}-${name}.png` }); };
      await ana.evaluate(() => scrollTo(0, 0));
      if (width === 1280) {
        await ana.locator(".prose p").first().hover();
      }
      await shot("page");
      if (scheme === "light") {
        if (width === 1280) { await ana.locator(".block-handle").click(); await shot("handle"); await ana.keyboard.press("Escape"); }
        await ana.locator(".prose td, .prose th").first().click(); await shot("table");
        await text.press("Control+End"); await ana.keyboard.type(" /"); await shot("slash"); await ana.keyboard.press("Escape"); await ana.keyboard.press("Backspace");await ana.keyboard.press("Backspace");
        await ana.locator(".prose strong").first().dblclick(); await shot("selection");
        await ana.keyboard.press("Control+k"); await shot("link"); await ana.keyboard.press("Escape");
        await ana.keyboard.press("Control+f"); await shot("find"); await ana.keyboard.press("Escape");
        await ana.keyboard.press("Control+/"); await shot("help"); await ana.keyboard.press("Escape");
        await ana.keyboard.press("Control+Shift+o"); await shot("outline"); await ana.keyboard.press("Control+Shift+o");
        await ana.keyboard.press("Escape");
        await ana.locator(".editor-type").click(); await shot("types"); await ana.keyboard.press("Escape");
      }
    }
  }
});
