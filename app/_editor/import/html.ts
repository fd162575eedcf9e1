// A web page to a document. What may stay is decided by the schema: it knows no script, no handler and no unsafe link.
import { parseHTML } from "linkedom";
import { DOMParser, type Node } from "prosemirror-model";
import { cleanHtml } from "#app/_editor/paste/clean-html.ts";
import { schema } from "#app/_editor/schema.ts";

/** A whole page, or a part of one. */
export function fromHtml(html: string): Node {
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
