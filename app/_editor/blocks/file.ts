// An attached file: its name, its size, and a way to save it. The bytes are in the file store.
import type { Attrs } from "prosemirror-model";
import type { Block } from "#app/_editor/block.ts";
import { fileId, fileUrl, sizeLabel } from "#app/_editor/upload/uploaded-file.ts";
import { pickFiles } from "#app/_editor/upload/uploads.ts";

export const file: Block = {
  kind: "node",
  name: "file",
  node: {
    group: "block",
    draggable: true,
    attrs: { file: { default: null }, name: { default: "" }, size: { default: 0 } },
    parseDOM: [
      {
        tag: "div[data-file]",
        getAttrs: (element) => ({
          file: element.getAttribute("data-file"),
          name: element.getAttribute("data-name"),
          size: Number(element.getAttribute("data-size")),
        }),
      },
    ],
    toDOM: ({ attrs: { file, name, size } }) => [
      "div",
      { "data-file": file ?? "", "data-name": name, "data-size": String(size) },
      ["a", file ? { href: `${fileUrl(file)}?download`, download: name } : {}, ["bdi", name || "File"]],
      ["span", sizeLabel(size)],
    ],
  },
  cleanAttrs: cleanFile,
  menu: () => [
    {
      id: "file",
      title: "File",
      synonyms: "attachment upload attach pdf document",
      icon: "file",
      place: "insert",
      command: pickFiles(""),
      active: () => false,
    },
  ],
  markdownTokens: {
    file: {
      node: "file",
      getAttrs: (token) => ({
        file: token.attrGet("file"),
        name: token.content,
        size: Number(token.attrGet("size")),
      }),
    },
  },
  toMarkdown: (state, { attrs: { file, name, size } }, parent, index) => {
    state.write(`[${state.esc(name)}](${fileUrl(file ?? "missing")} "${size} bytes")`);
    state.closeBlock(parent.child(index));
  },
};

function cleanFile({ file, name, size }: Attrs): Attrs {
  return {
    file: fileId(file),
    name: typeof name === "string" ? name.slice(0, 255) : "",
    size: Number.isSafeInteger(size) && size > 0 ? size : 0,
  };
}
