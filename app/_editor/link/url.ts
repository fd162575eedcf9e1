// Which addresses a link may have. Everything that becomes an href goes through here, also what other people's
// editors wrote into the document.

const ALLOWED = new Set(["http:", "https:", "mailto:", "tel:"]);

/** The address as it may be used, or null: http, https, mailto, tel, or relative to this site. */
export function safeUrl(value: unknown): string | null {
  if (typeof value !== "string") return null;
  // Browsers ignore these inside a scheme ("java\tscript:").
  const url = [...value]
    .filter((char) => char > "\u001f" && char !== "\u007f")
    .join("")
    .trim();
  if (url === "" || url.length > 2000) return null;
  // "//host" and "\\host" leave the site.
  if (/^[/\\]{2}/.test(url) || url.startsWith("\\") || url.startsWith("/\\")) return null;
  if (/^[/#?]/.test(url)) return url;
  try {
    return ALLOWED.has(new URL(url).protocol) ? url : null;
  } catch {
    return null;
  }
}

/** What a person typed into the link field: a bare domain or e-mail address gets its scheme. */
export function typedUrl(value: string): string | null {
  const text = value.trim();
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(text)) return safeUrl(`mailto:${text}`);
  if (/^[\w-]+(\.[\w-]+)+([/?#:].*)?$/.test(text)) return safeUrl(`https://${text}`);
  return safeUrl(text);
}

/** A pasted text that is one web or mail address, or null. */
export function pastedUrl(text: string): string | null {
  const trimmed = text.trim();
  return /^(https?:\/\/|mailto:|tel:)\S+$/i.test(trimmed) ? safeUrl(trimmed) : null;
}
