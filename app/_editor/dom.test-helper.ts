// For tests only: HTML in and out of documents without a browser.
import { parseHTML } from "linkedom";
import { DOMParser, DOMSerializer, type Node } from "prosemirror-model";
import { schema } from "#app/_editor/schema.ts";

export function parseBody(html: string): HTMLElement {
  return parseHTML(`<!doctype html><html><body>${html}</body></html>`).document.body as unknown as HTMLElement;
}

export function docFromHtml(html: string): Node {
  return DOMParser.fromSchema(schema).parse(parseBody(html));
}

export function htmlFromDoc(doc: Node): string {
  const body = parseBody("");
  const document = body.ownerDocument;
  body.append(DOMSerializer.fromSchema(schema).serializeFragment(doc.content, { document }));
  return body.innerHTML;
}
