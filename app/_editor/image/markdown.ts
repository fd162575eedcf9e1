// A picture in Markdown: an image on a line of its own; with a caption or a width, between <figure> tags.
import type { MarkdownSerializerState } from "prosemirror-markdown";
import type { Node } from "prosemirror-model";
import { fileUrl } from "#app/_editor/upload/uploaded-file.ts";

export function writeImage(state: MarkdownSerializerState, node: Node): void {
  const { file, alt, width, pixelWidth, pixelHeight } = node.attrs;
  const size = pixelWidth && pixelHeight ? ` "${pixelWidth}×${pixelHeight}"` : "";
  const picture = `![${state.esc(alt.replace(/\s+/g, " ").trim())}](${fileUrl(file ?? "missing")}${size})`;
  if (node.content.size === 0 && width === null) {
    state.write(picture);
    state.closeBlock(node);
    return;
  }
  state.write(width === null ? "<figure>" : `<figure style="width: ${width}%">`);
  state.closeBlock(node);
  state.write(picture);
  state.closeBlock(node);
  if (node.content.size > 0) {
    state.renderInline(node);
    state.closeBlock(node);
  }
  state.write("</figure>");
  state.closeBlock(node);
}
