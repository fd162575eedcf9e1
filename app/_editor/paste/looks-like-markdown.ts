// Whether pasted plain text was written as Markdown.

const signs = [
  /^#{1,6} \S/m,
  /^\s*[-*+] \[[ xX]\] /m,
  /^```/m,
  /^\$\$$/m,
  /\[[^\]\n]+\]\((https?:\/\/|\/|mailto:)[^)\s]+\)/,
  /^> \S/m,
];
const weak = [/^\s*[-*+] \S.*\n\s*[-*+] \S/m, /^\s*1[.)] \S.*\n\s*2[.)] \S/m, /\*\*[^*\n]+\*\*/, /(?<!`)`[^`\n]+`/];

/** One clear sign, or two weak ones. */
export function looksLikeMarkdown(text: string): boolean {
  if (signs.some((sign) => sign.test(text))) return true;
  return weak.filter((sign) => sign.test(text)).length >= 2 || /^\s*[-*+] \S.*(\n\s*[-*+] \S.*)+\s*$/.test(text);
}
