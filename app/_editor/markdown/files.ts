// Pictures and attachments: a line that is nothing but an image or a link to a file of ours. Every other image of
// Markdown is somewhere else and becomes a link to it.
import type { Make } from "#app/_editor/markdown/pair-tags.ts";
import type { Token } from "#app/_editor/markdown/tokens.ts";
import { fileIdOf } from "#app/_editor/upload/uploaded-file.ts";

export function markFiles(tokens: Token[], make: Make): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    if (token.type === "figure_open") i = figure(tokens, i, out, make);
    else if (token.type === "paragraph_open" && tokens[i + 2]?.type === "paragraph_close") {
      const made = pictureOf(tokens[i + 1], make) ?? attachmentOf(tokens[i + 1], make);
      out.push(...(made ?? tokens.slice(i, i + 3)));
      i += 2;
    } else if (token.type !== "figure_close") out.push(token);
  }
  for (const token of out) if (token.type === "inline") token.children = linksForImages(token.children ?? [], make);
  return out;
}

/** The picture between the tags, and its caption; anything else that stands there stays as it is. Answers where it ends. */
function figure(tokens: Token[], open: number, out: Token[], make: Make): number {
  const picture = tokens[open + 1]?.type === "paragraph_open" ? pictureOf(tokens[open + 2], make) : null;
  if (!picture) return open;
  const [start, end] = picture as [Token, Token];
  const width = tokens[open]?.attrGet("width");
  if (width) start.attrSet("width", width);
  const hasCaption = tokens[open + 4]?.type === "paragraph_open" && tokens[open + 6]?.type === "paragraph_close";
  out.push(start, ...(hasCaption ? tokens.slice(open + 5, open + 6) : []), end);
  return open + (hasCaption ? 6 : 3);
}

function pictureOf(inline: Token | undefined, make: Make): Token[] | null {
  const [image, ...more] = inline?.children ?? [];
  const file = image?.type === "image" ? fileIdOf(image.attrGet("src") ?? "") : null;
  if (!image || !file || more.length > 0) return null;
  const open = make("figure_open", "figure", 1);
  open.attrSet("file", file);
  open.content = textOf(image);
  const pixels = /^(\d+)×(\d+)$/.exec(image.attrGet("title") ?? "");
  if (pixels?.[1] && pixels[2]) {
    open.attrSet("pixelWidth", pixels[1]);
    open.attrSet("pixelHeight", pixels[2]);
  }
  return [open, make("figure_close", "figure", -1)];
}

function attachmentOf(inline: Token | undefined, make: Make): Token[] | null {
  const children = inline?.children ?? [];
  const [link] = children;
  const file = link?.type === "link_open" ? fileIdOf(link.attrGet("href") ?? "") : null;
  const size = /^(\d+) bytes$/.exec(link?.attrGet("title") ?? "")?.[1];
  const words = children.slice(1, -1);
  if (!file || !size || children.at(-1)?.type !== "link_close" || words.some(({ type }) => type !== "text"))
    return null;
  const token = make("file", "", 0);
  token.attrSet("file", file);
  token.attrSet("size", size);
  token.content = words.map(({ content }) => content).join("");
  return [token];
}

function linksForImages(children: Token[], make: Make): Token[] {
  return children.flatMap((child) => {
    if (child.type !== "image") return [child];
    const open = make("link_open", "a", 1);
    open.attrSet("href", child.attrGet("src") ?? "");
    const text = make("text", "", 0);
    text.content = textOf(child) || (child.attrGet("src") ?? "");
    return [open, text, make("link_close", "a", -1)];
  });
}

function textOf(token: Token): string {
  return (token.children ?? []).map(({ type, content }) => (type.endsWith("break") ? " " : content)).join("");
}
