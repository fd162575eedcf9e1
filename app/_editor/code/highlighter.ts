// The highlighter itself. Heavy: only highlight.ts loads it, when a document has a code block with a language.
import { common, createLowlight } from "lowlight";
import { createParser } from "prosemirror-highlight/lowlight";
import type { Decoration } from "prosemirror-view";

const lowlight = createLowlight(common);
const parse = createParser(lowlight);

/** Decorations with classes `hljs-*` for the text of a code block at `pos`; none for a language it does not know. */
export function tokensOf(content: string, language: string, pos: number): Decoration[] {
  if (!lowlight.registered(language)) return [];
  const found = parse({ content, language, pos, size: content.length + 2 });
  return Array.isArray(found) ? found : [];
}
