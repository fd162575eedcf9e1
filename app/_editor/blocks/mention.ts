// A person in the text, as a chip. The name is kept as it was when it was written, so that an export needs nobody.
import type { Attrs } from "prosemirror-model";
import type { Block } from "#app/_editor/block.ts";

const ID = /^[\w-]{1,64}$/;

export const mention: Block = {
  kind: "node",
  name: "mention",
  node: {
    group: "inline",
    inline: true,
    selectable: false,
    attrs: { user: { default: null }, name: { default: "" } },
    leafText: (node) => `@${node.attrs.name}`,
    parseDOM: [
      {
        tag: "span[data-mention]",
        getAttrs: (element) => ({
          user: element.getAttribute("data-mention"),
          name: (element.textContent ?? "").replace(/^@/, ""),
        }),
      },
    ],
    toDOM: ({ attrs: { user, name } }) => ["span", { "data-mention": user ?? "", class: "chip" }, `@${name}`],
  },
  cleanAttrs: ({ user, name }: Attrs) => ({
    user: typeof user === "string" && ID.test(user) ? user : null,
    name: typeof name === "string" ? name.slice(0, 200) : "",
  }),
  markdownTokens: {
    mention: {
      node: "mention",
      getAttrs: (token) => ({ user: token.attrGet("id"), name: token.content.replace(/^@/, "") }),
    },
  },
  toMarkdown: (state, { attrs: { user, name } }) => {
    state.write(`[@${state.esc(name)}](mention:${user ?? "nobody"})`);
  },
};
