// Draws formulas with KaTeX, which is loaded with the first one.
import type { Draw } from "#app/_editor/source/source-view.ts";
import { words } from "#app/_editor/words.ts";

export function drawFormula(isBlock: boolean): Draw {
  return async (source, place) => {
    const { renderFormula } = await import("#app/_editor/math/katex.ts").catch(() => {
      throw new Error(words("source.noFormulas"));
    });
    try {
      renderFormula(source, place, isBlock);
    } catch (error) {
      throw new Error(
        error instanceof Error ? error.message.replace(/^KaTeX parse error: /, "") : words("source.noFormula"),
      );
    }
  };
}
