// Code that was copied from a program for writing code. VS Code says the language on the clipboard beside the text;
// where a browser hides that, its HTML still shows that it is code.

/** VS Code's names of languages where ours are others. */
const names: Record<string, string | null> = {
  javascriptreact: "jsx",
  typescriptreact: "tsx",
  shellscript: "bash",
  plaintext: null,
};

/** Code from VS Code and its language; null if it is none, or so little that it belongs into a sentence. */
export function copiedCode(editorData: string, text: string): { text: string; language: string | null } | null {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  if (!editorData || !lines.includes("\n")) return null;
  return { text: lines, language: languageIn(editorData) };
}

function languageIn(editorData: string): string | null {
  try {
    const mode: unknown = JSON.parse(editorData).mode;
    if (typeof mode !== "string") return null;
    return Object.hasOwn(names, mode) ? (names[mode] ?? null) : mode;
  } catch {
    // An editor that says the same in another way; the text is still code.
    return null;
  }
}

/** The box around coloured lines, as VS Code writes it; null if `body` is anything else. */
export function codeBox(body: HTMLElement): Element | null {
  const [box, ...others] = Array.from(body.children).filter((child) => !/^(meta|br)$/i.test(child.tagName));
  const style = box?.getAttribute("style") ?? "";
  const isCode = others.length === 0 && /white-space:\s*pre/i.test(style) && /monospace/i.test(style);
  return isCode && box?.tagName.toLowerCase() === "div" ? box : null;
}

/** Makes blocks of code what they look like. Changes `body` in place. */
export function cleanCode(body: HTMLElement): void {
  const box = codeBox(body);
  if (box && box.children.length > 1) {
    const pre = body.ownerDocument.createElement("pre");
    pre.textContent = Array.from(box.children, (line) => line.textContent?.replace(/\n$/, "") ?? "").join("\n");
    box.replaceWith(pre);
  }
  for (const pre of Array.from(body.querySelectorAll("pre"))) {
    const github = /highlight-(?:source|text)-(\w+)/.exec(pre.parentElement?.className ?? "")?.[1];
    if (github) pre.setAttribute("data-language", github);
    // Notion ends every block of code with empty lines.
    const last = deepest(pre);
    if (last?.nodeType === 3) (last as Text).data = (last as Text).data.replace(/\n+$/, "");
  }
}

function deepest(node: Node): Node | null {
  return node.lastChild ? deepest(node.lastChild) : node;
}
