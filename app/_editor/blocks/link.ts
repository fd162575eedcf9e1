// Links. The address is checked when it is read and again when it is written (link/url.ts).
import { InputRule } from "prosemirror-inputrules";
import type { Block } from "#app/_editor/block.ts";
import { markOf } from "#app/_editor/commands/lookup.ts";
import { safeUrl, typedUrl } from "#app/_editor/link/url.ts";
import { escapeEntities, writtenHref } from "#app/_editor/markdown/href.ts";

export const link: Block = {
  kind: "mark",
  name: "link",
  mark: {
    attrs: { href: {}, title: { default: null } },
    inclusive: false,
    parseDOM: [
      {
        tag: "a[href]",
        getAttrs: (element) => {
          const href = safeUrl(element.getAttribute("href"));
          return href === null ? false : { href, title: element.getAttribute("title") };
        },
      },
    ],
    toDOM: (mark) => {
      const href = safeUrl(mark.attrs.href);
      if (href === null) return ["span", { class: "unsafe-link" }, 0];
      const title = typeof mark.attrs.title === "string" ? { title: mark.attrs.title } : {};
      return ["a", { href, ...title, rel: "noopener noreferrer nofollow" }, 0];
    },
  },
  inputRules: (schema) => [
    new InputRule(
      /(?<!!)\[([^[\]]+)\]\(([^\s()]+)\)$/,
      (state, match, start, end) => {
        const href = typedUrl(match[2] ?? "");
        const type = markOf(schema, "link");
        if (href === null || !state.doc.resolve(start).parent.type.allowsMarkType(type)) return null;
        const from = start + 1;
        const to = from + (match[1]?.length ?? 0);
        const tr = state.tr.delete(to, end).delete(start, from);
        return tr.addMark(start, to - 1, type.create({ href })).removeStoredMark(type);
      },
      { inCodeMark: false },
    ),
    // An address followed by a space becomes a link.
    new InputRule(
      /(?<!\S)(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])\s$/,
      (state, match, start) => {
        const href = safeUrl(match[1]);
        const to = start + (match[1]?.length ?? 0);
        const type = markOf(schema, "link");
        if (href === null || state.doc.rangeHasMark(start, to, type)) return null;
        if (!state.doc.resolve(start).parent.type.allowsMarkType(type)) return null;
        return state.tr.addMark(start, to, type.create({ href })).insertText(match[0].slice(-1), to);
      },
      { inCodeMark: false },
    ),
  ],
  markdownTokens: {
    link: {
      mark: "link",
      getAttrs: (token) => ({
        href: safeUrl(token.attrGet("href")) ?? "#",
        title: token.attrGet("title") || null,
      }),
    },
  },
  toMarkdown: {
    open: "[",
    close: (_state, mark) => {
      return `](${escapeEntities(writtenHref(mark.attrs.href))}${quoted(mark.attrs.title)})`;
    },
    mixable: true,
  },
};

function quoted(title: unknown): string {
  return typeof title === "string" && title !== "" ? ` "${escapeEntities(title.replace(/["\\]/g, "\\$&"))}"` : "";
}
