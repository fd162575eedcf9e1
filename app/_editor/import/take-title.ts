// A document's title: its first heading, else the name of its file.
import type { Node } from "prosemirror-model";
import { schema } from "#app/_editor/schema.ts";

/**
 * A heading of level 1 that opens the text becomes the title and leaves the text, as exports put it there; any other is
 * repeated in the title. `clean` makes a title of a text; a longer one than `limit` is cut, and stays in the text.
 */
export function takeTitle(
  doc: Node,
  fileName: string,
  clean: (text: string) => string,
  limit: number,
): { title: string; doc: Node } {
  const heading = firstHeading(doc);
  const whole = clean(heading?.textContent ?? "");
  const title = cut(whole || clean(fileName.replace(/\.[^.]*$/, "")), limit);
  const opens = heading !== null && heading === doc.firstChild && heading.attrs.level === 1;
  if (!opens || whole === "" || title !== whole || hasMore(heading)) return { title, doc };
  const rest = doc.content.cut(heading.nodeSize);
  return { title, doc: rest.childCount > 0 ? doc.copy(rest) : schema.node("doc", null, [schema.node("paragraph")]) };
}

function firstHeading(doc: Node): Node | null {
  let found: Node | null = null;
  doc.descendants((node) => {
    if (!found && node.type.name === "heading" && node.textContent.trim() !== "") found = node;
    return found === null;
  });
  return found;
}

/** Whether it says more than a title can: a link, a picture. */
function hasMore(heading: Node): boolean {
  return heading.content.content.some((node) => !node.isText || node.marks.some((mark) => mark.type.name === "link"));
}

function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  // Not between the halves of a surrogate pair.
  return text
    .slice(0, limit - 1)
    .replace(/[\ud800-\udbff]$/, "")
    .trimEnd()
    .concat("…");
}
