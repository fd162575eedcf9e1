// A web page to a document. What may stay is decided by the schema: it knows no script, no handler and no unsafe link.
import { parseHTML } from "linkedom";
import { DOMParser, type Node } from "prosemirror-model";
import { FileRefused } from "#app/_editor/import/refused.ts";
import { cleanHtml } from "#app/_editor/paste/clean-html.ts";
import { schema } from "#app/_editor/schema.ts";

/** Tags that a page may have. Some hundred pages of text; converting them takes the server a second or two. */
const TAGS = 40_000;

/** A whole page, or a part of one. Throws FileRefused if it is too long. */
export function fromHtml(html: string): Node {
  if (html.split("<").length > TAGS) throw new FileRefused("too-long");
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const body = document.body as unknown as HTMLElement;
  body.innerHTML = bodyOf(html);
  cleanHtml(body);
  return DOMParser.fromSchema(schema).parse(body);
}

/** What is between the tags of the body, if there are any. */
function bodyOf(html: string): string {
  const start = /<body\b[^>]*>/i.exec(html);
  if (!start) return html.replace(/<head\b[\s\S]*?<\/head>/i, "").replace(/<!doctype[^>]*>|<\/?html\b[^>]*>/gi, "");
  const rest = html.slice(start.index + start[0].length);
  const end = rest.toLowerCase().lastIndexOf("</body");
  return end === -1 ? rest : rest.slice(0, end);
}
