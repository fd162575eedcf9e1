// For tests only: what becomes of a clipboard's HTML, as the browser's editor would do it.
import { parseHTML } from "linkedom";
import { docFromHtml, htmlFromDoc } from "#app/_editor/dom.test-helper.ts";
import { serializeMarkdown } from "#app/_editor/markdown.ts";
import { cleanHtml } from "#app/_editor/paste/clean-html.ts";

function pastedDoc(html: string) {
  // A browser puts what stands before the page into its body, too.
  const isPage = /^\s*(<!doctype[^>]*>\s*)?<html/i.test(html);
  const page = isPage ? html : `<!doctype html><html><head></head><body>${html}</body></html>`;
  const body = parseHTML(page).document.body as unknown as HTMLElement;
  cleanHtml(body);
  const doc = docFromHtml(body.innerHTML);
  doc.check();
  return doc;
}

/** The document as Markdown. */
export function pasted(html: string): string {
  return serializeMarkdown(pastedDoc(html));
}

/** The document as HTML, without the directions that every block has. */
export function pastedHtml(html: string): string {
  return htmlFromDoc(pastedDoc(html)).replaceAll(' dir="auto"', "");
}
