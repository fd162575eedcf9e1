// Which files can become documents, by their names, and how large they may be. Read by the page, before an upload, and
// by the server, so nothing heavy belongs here.
import type { Refusal } from "#app/_editor/import/refused.ts";

/** `limit`: bytes of the file. */
interface Kind {
  title: string;
  extensions: string[];
  limit: number;
}

const MB = 1024 * 1024;

export const kinds = {
  markdown: { title: "Markdown", extensions: [".md", ".markdown"], limit: MB },
  html: { title: "HTML", extensions: [".html", ".htm"], limit: MB },
  text: { title: "text", extensions: [".txt"], limit: MB },
  docx: { title: "Word", extensions: [".docx"], limit: 20 * MB },
} satisfies Record<string, Kind>;

export type KindName = keyof typeof kinds;

/** For the `accept` of a file field. */
export const ACCEPT = Object.values(kinds)
  .flatMap((kind) => kind.extensions)
  .join(",");

/** What can be imported, as the API says it; pages say it in their own language. */
export const IMPORTABLE = "Markdown, HTML and text (.md, .html, .txt) up to 1 MB, Word (.docx) up to 20 MB.";

/** Null for a file that cannot be imported. */
export function kindOf(fileName: string): KindName | null {
  const name = fileName.toLowerCase();
  const found = Object.entries(kinds).find(([, kind]) => kind.extensions.some((extension) => name.endsWith(extension)));
  return found ? (found[0] as KindName) : null;
}

/** Why a file of this name and size, in bytes, cannot be imported; null if it can be tried. */
export function refusalOf(fileName: string, size: number): Refusal | null {
  const kind = kindOf(fileName);
  if (!kind) return "type";
  if (size > kinds[kind].limit) return "too-large";
  return size === 0 ? "empty" : null;
}

/** What the size of this file is measured by, in MB; null if it cannot be imported at all. */
export function limitOf(fileName: string): { kind: string; megabytes: number } | null {
  const kind = kindOf(fileName);
  return kind && { kind: kinds[kind].title, megabytes: kinds[kind].limit / MB };
}

export function tooLarge(kind: KindName): string {
  return `The file is too large: ${kinds[kind].title} files may have up to ${kinds[kind].limit / MB} MB. Split it.`;
}
