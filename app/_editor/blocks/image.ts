// A picture with a caption. The bytes are in the file store, so a picture can only be one that was uploaded; its width
// is a share of the text's.
import type { Attrs } from "prosemirror-model";
import type { Block } from "#app/_editor/block.ts";
import { imgAttributes } from "#app/_editor/image/attributes.ts";
import { createImageView } from "#app/_editor/image/image-view.ts";
import { writeImage } from "#app/_editor/image/markdown.ts";
import { fileId, fileIdOf } from "#app/_editor/upload/uploaded-file.ts";
import { pickFiles } from "#app/_editor/upload/uploads.ts";

export const image: Block = {
  kind: "node",
  name: "image",
  node: {
    group: "block",
    content: "inline*",
    draggable: true,
    isolating: true,
    attrs: {
      file: { default: null },
      alt: { default: "" },
      /** Per cent of the text's width; null: as wide as the picture is. */
      width: { default: null },
      pixelWidth: { default: null },
      pixelHeight: { default: null },
    },
    parseDOM: [
      {
        tag: "figure[data-image]",
        contentElement: (figure) => figure.querySelector("figcaption") ?? figure,
        getAttrs: (figure) => {
          const img = figure.querySelector("img");
          return {
            file: fileIdOf(img?.getAttribute("src") ?? ""),
            alt: img?.getAttribute("alt"),
            width: Number(figure.getAttribute("data-width")),
            pixelWidth: Number(img?.getAttribute("width")),
            pixelHeight: Number(img?.getAttribute("height")),
          };
        },
      },
    ],
    toDOM: (node) => [
      "figure",
      { "data-image": "", ...(node.attrs.width ? { "data-width": String(node.attrs.width) } : {}) },
      ["img", imgAttributes(node)],
      ["figcaption", { dir: "auto" }, 0],
    ],
  },
  cleanAttrs: cleanImage,
  view: createImageView,
  menu: () => [
    {
      id: "image",
      title: "Picture",
      synonyms: "image photo upload screenshot",
      icon: "image",
      place: "insert",
      command: pickFiles("image/png,image/jpeg,image/webp,image/gif,image/avif"),
      active: () => false,
    },
  ],
  markdownTokens: {
    figure: {
      block: "image",
      getAttrs: (token) => ({
        file: token.attrGet("file"),
        alt: token.content,
        width: Number(token.attrGet("width")),
        pixelWidth: Number(token.attrGet("pixelWidth")),
        pixelHeight: Number(token.attrGet("pixelHeight")),
      }),
    },
  },
  toMarkdown: writeImage,
};

function cleanImage({ file, alt, width, pixelWidth, pixelHeight }: Attrs): Attrs {
  const within = (value: unknown, least: number, most: number) =>
    Number.isFinite(value) && Number(value) >= least ? Math.min(most, Math.round(Number(value))) : null;
  return {
    file: fileId(file),
    alt: typeof alt === "string" ? alt.slice(0, 1000) : "",
    width: within(width, 10, 100),
    pixelWidth: within(pixelWidth, 1, 100_000),
    pixelHeight: within(pixelHeight, 1, 100_000),
  };
}
