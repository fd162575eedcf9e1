// The document as XML, shaped as Yjs holds it: an element per node, marks as elements around the text.
import * as Y from "yjs";
import type { ExportSource } from "#app/_editor/export/format.ts";

export function toXml({ fragment }: ExportSource): string {
  const body = fragment.toArray().map(nodeToXml).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<prosemirror>${body}</prosemirror>\n`;
}

function nodeToXml(node: unknown): string {
  if (node instanceof Y.XmlText) return textToXml(node);
  if (!(node instanceof Y.XmlElement)) return "";
  return element(node.nodeName, node.getAttributes(), node.toArray().map(nodeToXml).join(""));
}

function textToXml(text: Y.XmlText): string {
  const runs = text.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[];
  return runs
    .map(({ insert, attributes = {} }) =>
      Object.keys(attributes)
        .sort()
        .reduce((inner, mark) => element(mark, attributes[mark], inner), escapeMarkup(String(insert))),
    )
    .join("");
}

function element(name: string, attributes: unknown, inner: string): string {
  const tag = name.replace(/[^\w.-]/g, "_").replace(/^(?![A-Za-z_])/, "_");
  const entries = attributes && typeof attributes === "object" ? Object.entries(attributes) : [];
  const written = entries
    .filter(([key, value]) => value !== null && value !== undefined && /^[A-Za-z_][\w.-]*$/.test(key))
    .map(([key, value]) => ` ${key}="${escapeMarkup(String(value))}"`)
    .join("");
  return inner === "" ? `<${tag}${written}/>` : `<${tag}${written}>${inner}</${tag}>`;
}

/** Also drops the control characters that XML 1.0 cannot hold. */
function escapeMarkup(text: string): string {
  return [...text]
    .filter((char) => char >= " " || char === "\n" || char === "\t")
    .join("")
    .replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}
