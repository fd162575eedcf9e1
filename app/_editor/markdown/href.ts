// Addresses as they stand in Markdown, so that they are read back as they were written.
import { safeUrl } from "#app/_editor/link/url.ts";

export function isSafeHref(href: unknown): boolean {
  return safeUrl(href) !== null;
}

/** Without what would end the address, or mean something else in it. An unsafe one leads nowhere. */
export function writtenHref(href: unknown): string {
  return (safeUrl(href) ?? "#").replace(/[()"<>\s\\]/gu, (char) =>
    encodeURIComponent(char).replace("(", "%28").replace(")", "%29"),
  );
}

/** What looks like an entity is none. */
export function escapeEntities(text: string): string {
  return text.replace(/&(?=#?\w{1,40};)/g, "&amp;");
}
