// The header that makes a browser save what it gets under a name.

/**
 * `attachment`, under a name without a character that a header, a shell or a file system could misread; the real one
 * is in `filename*`.
 */
export function disposition(fileName: string): string {
  const kept = [...fileName].filter((char) => !/[\p{Cc}\p{Cs}\\/:*?"<>|]/u.test(char)).join("");
  const name = kept.replace(/^[.\s]+/, "").trim() || "Untitled";
  const ascii = name.replace(/[^\x20-\x7e]|%/g, "_");
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
