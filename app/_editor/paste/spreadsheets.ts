// What Excel and LibreOffice Calc put on the clipboard: looks in a style sheet by class, rows and cells that only
// carry widths and are not to be seen, and text that runs over its neighbours as if it were merged with them.

/** Changes `body` in place; `styles` is the text of the style sheets that came with it. */
export function cleanSpreadsheet(body: HTMLElement, styles: string): void {
  for (const [, name = "", rules = ""] of styles.matchAll(/\.(xl\d+)\s*\{([^}]*)\}/g)) {
    const look = /(?:font-weight:\s*[7-9]00|font-style:\s*italic|text-decoration:[^;]*(?:line-through|underline))/g;
    const own = rules.match(look)?.join(";");
    if (!own) continue;
    for (const cell of Array.from(body.querySelectorAll(`td.${name}, th.${name}`)))
      cell.setAttribute("style", `${cell.getAttribute("style") ?? ""};${own}`);
  }
  for (const cell of Array.from(body.querySelectorAll("td[style*='mso-ignore']"))) {
    if (!/mso-ignore:\s*colspan/i.test(cell.getAttribute("style") ?? "")) continue;
    const covered = Math.min(100, Number(cell.getAttribute("colspan")) || 1) - 1;
    cell.removeAttribute("colspan");
    for (let n = 0; n < covered; n++) cell.after(cell.ownerDocument.createElement("td"));
  }
}
