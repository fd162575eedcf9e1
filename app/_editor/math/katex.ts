// KaTeX with its style sheet and fonts. Heavy: only draw.ts loads it, when a document has a formula.
import katex from "katex";
import "katex/dist/katex.min.css";

/** Throws KaTeX's ParseError for a source that it does not understand. */
export function renderFormula(source: string, place: HTMLElement, isBlock: boolean): void {
  const drawn = place.ownerDocument.createElement("span");
  katex.render(source, drawn, {
    displayMode: isBlock,
    throwOnError: true,
    // No links, no classes, no images from a source.
    trust: false,
    strict: "ignore",
    maxExpand: 500,
    maxSize: 20,
  });
  place.replaceChildren(drawn);
}
