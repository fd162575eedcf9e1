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

/** What is between the tags of the body, if there are any. Looks at each character a few times, whatever they are. */
function bodyOf(html: string): string {
  const start = findTag(html, "body");
  if (!start) return cutHead(html).replace(/<!doctype[^<>]*>|<\/?html\b[^<>]*>/gi, "");
  const rest = html.slice(start.end);
  const end = rest.toLowerCase().lastIndexOf("</body");
  return end === -1 ? rest : rest.slice(0, end);
}

function cutHead(html: string): string {
  const start = findTag(html, "head");
  const end = start && findTag(html, "/head", start.end);
  return start && end ? html.slice(0, start.start) + html.slice(end.end) : html;
}

/** The first such tag from `from` on: where it begins and what comes after it. */
function findTag(html: string, name: string, from = 0): { start: number; end: number } | null {
  const opening = new RegExp(`<${name}\\b`, "gi");
  opening.lastIndex = from;
  const start = opening.exec(html)?.index ?? -1;
  // If the first does not end, none does.
  const end = start === -1 ? -1 : html.indexOf(">", start);
  return end === -1 ? null : { start, end: end + 1 };
}
