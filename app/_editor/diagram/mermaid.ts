// Mermaid, kept on a short leash. Heavy: only draw.ts loads it, when a document has a diagram. What it draws is shown
// as an image, where no script runs and nothing is loaded from elsewhere, whatever stands in the source.
import mermaid from "mermaid";
import { words } from "#app/_editor/words.ts";

let last = 0;

/** An SVG document, with its size. Throws mermaid's error for a source that it does not understand. */
export async function renderDiagram(source: string, isDark: boolean) {
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    htmlLabels: false,
    flowchart: { htmlLabels: false },
    theme: isDark ? "dark" : "neutral",
    suppressErrorRendering: true,
    maxTextSize: 20_000,
    maxEdges: 300,
    // What a source's own settings may not change.
    secure: [
      "secure",
      "securityLevel",
      "startOnLoad",
      "maxTextSize",
      "maxEdges",
      "suppressErrorRendering",
      "htmlLabels",
      "themeCSS",
      "fontFamily",
      "altFontFamily",
      "dompurifyConfig",
    ],
  });
  last += 1;
  const { svg } = await mermaid.render(`diagram-${last}`, source);
  return sized(svg);
}

/** As an image an SVG needs a size of its own: the one of its view box. */
function sized(svg: string): { svg: string; width: number; height: number } {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
  const root = parsed.documentElement;
  if (root.nodeName !== "svg") throw new Error(words("source.noDiagram"));
  const [, , width = 300, height = 150] = (root.getAttribute("viewBox") ?? "").split(/[\s,]+/).map(Number);
  root.setAttribute("width", String(width));
  root.setAttribute("height", String(height));
  return { svg: new XMLSerializer().serializeToString(root), width, height };
}
