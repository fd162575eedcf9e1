// A fence that names mermaid is a diagram.
import type { MarkdownParser } from "prosemirror-markdown";

export function addDiagrams(tokenizer: MarkdownParser["tokenizer"]): void {
  tokenizer.core.ruler.push("diagrams", (state) => {
    for (const token of state.tokens) {
      if (token.type === "fence" && /^mermaid(\s|$)/i.test(token.info.trim())) token.type = "diagram";
    }
  });
}
