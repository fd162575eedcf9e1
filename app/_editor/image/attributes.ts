// What a picture's element says, in the editor and in every export alike.
import type { Node } from "prosemirror-model";
import { fileUrl } from "#app/_editor/upload/uploaded-file.ts";

export function imgAttributes({ attrs: { file, alt, pixelWidth, pixelHeight } }: Node): Record<string, string> {
  return {
    ...(file ? { src: fileUrl(file) } : {}),
    alt,
    ...(pixelWidth && pixelHeight ? { width: String(pixelWidth), height: String(pixelHeight) } : {}),
    loading: "lazy",
    decoding: "async",
  };
}
