// Another document in the text, as a chip with its title. Who follows it may or may not see that document; the title
// is the one it had when the chip was made.
import type { Attrs } from "prosemirror-model";
import type { Block } from "#app/_editor/block.ts";

const ID = /^[\w-]{1,64}$/;
const UNTITLED = "Untitled";

export const documentLink: Block = {
  kind: "node",
  name: "document_link",
  node: {
    group: "inline",
    inline: true,
    attrs: { document: { default: null }, title: { default: UNTITLED } },
    leafText: (node) => node.attrs.title,
    parseDOM: [
      {
        tag: "a[data-document]",
        priority: 60,
        getAttrs: (element) => ({ document: element.getAttribute("data-document"), title: element.textContent }),
      },
    ],
    toDOM: ({ attrs: { document, title } }) => [
      "a",
      { "data-document": document ?? "", class: "chip", ...(document ? { href: `/documents/${document}` } : {}) },
      title,
    ],
  },
  cleanAttrs: ({ document, title }: Attrs) => ({
    document: typeof document === "string" && ID.test(document) ? document : null,
    title: typeof title === "string" && title.trim() ? title.slice(0, 200) : UNTITLED,
  }),
  markdownTokens: {
    document_link: {
      node: "document_link",
      getAttrs: (token) => ({ document: token.attrGet("id"), title: token.content }),
    },
  },
  toMarkdown: (state, { attrs: { document, title } }) => {
    state.write(`[${state.esc(title)}](/documents/${document ?? "missing"} "document")`);
  },
};

/** The id in the address of one of our documents, as this page sees itself; null for every other address. */
export function documentIdOf(url: string, origin: string): string | null {
  return URL.canParse(url) && new URL(url).origin === origin
    ? (/^\/documents\/([\w-]{1,64})$/.exec(new URL(url).pathname)?.[1] ?? null)
    : null;
}
