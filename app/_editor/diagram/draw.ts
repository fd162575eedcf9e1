// Draws diagrams with mermaid, which is loaded with the first one, in the colours of the page's theme.
import type { Draw } from "#app/_editor/source/source-view.ts";
import { words } from "#app/_editor/words.ts";

const isDark = () => document.documentElement.dataset.theme === "dark";

export const drawDiagram: Draw = async (source, place) => {
  const { renderDiagram } = await import("#app/_editor/diagram/mermaid.ts").catch(() => {
    throw new Error(words("source.noDiagrams"));
  });
  const { svg, width, height } = await renderDiagram(source, isDark());
  const image = place.ownerDocument.createElement("img");
  // The box around it has the name.
  image.alt = "";
  image.width = Math.ceil(width);
  image.height = Math.ceil(height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  place.replaceChildren(image);
};

/** Calls back when the page turns light or dark. */
export function onTheme(again: () => void): () => void {
  const observer = new MutationObserver(again);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
