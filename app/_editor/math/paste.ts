// Formulas in HTML from elsewhere: KaTeX and MathML keep their TeX in an annotation. Without one the formula stays text.
import { Fragment, type Schema, type TagParseRule } from "prosemirror-model";

function texOf(element: Element): string | null {
  return element.querySelector('annotation[encoding="application/x-tex"]')?.textContent?.trim() || null;
}

/** Rules for a formula in a sentence or of its own. */
export function foreignMath(tags: string[], isBlock: boolean): TagParseRule[] {
  return tags.map((tag) => ({
    tag,
    priority: isBlock ? 71 : 70,
    getAttrs: (element) => {
      const isDisplay = element.matches('.katex-display, math[display="block"]');
      return texOf(element) === null || isDisplay !== isBlock ? false : null;
    },
    getContent: (element, schema: Schema) => Fragment.from(schema.text(texOf(element as Element) ?? "?")),
  }));
}
