// Text that means nothing else in Markdown than itself.

/** `atLineStart`: whether signs that count only at the start of a line would count. */
export function escapeText(text: string, atLineStart: boolean): string {
  const escaped = text.replace(/[\\`*~[\]]|_|<(?=[a-z/!?])|&(?=#?\w{1,40};)/gi, (sign, at: number) =>
    sign === "_" && isInWord(text, at) ? sign : `\\${sign}`,
  );
  if (!atLineStart) return escaped;
  return escaped
    .replace(/^(?:[-+](?=[\s-]|$)|>|=|#{1,6}(?=\s|$))/, "\\$&")
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, "$1\\$2");
}

/** Every sign that Markdown may know, also one that only some of its readers do. */
export function escapeAll(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, "\\$&");
}

/** An underscore between letters is no emphasis. */
function isInWord(text: string, at: number): boolean {
  return /\w/.test(text[at - 1] ?? "") && /\w/.test(text[at + 1] ?? "");
}
