// Word writes lists as paragraphs with a style "mso-list:l0 level2 lfo1" and the bullet or number as text in a span
// with "mso-list:Ignore". Here they become real lists.

interface Line {
  paragraph: Element;
  level: number;
  ordered: boolean;
}

export function nestWordLists(body: HTMLElement): void {
  let run: Line[] = [];
  for (const paragraph of Array.from(body.querySelectorAll("p, h1, h2, h3, h4, h5, h6"))) {
    const line = readLine(paragraph);
    const last = run.at(-1);
    if (last && (!line || last.paragraph.nextElementSibling !== paragraph)) {
      build(run);
      run = [];
    }
    if (line) run.push(line);
  }
  if (run.length > 0) build(run);
}

function readLine(paragraph: Element): Line | null {
  const style = paragraph.getAttribute("style") ?? "";
  const level = /mso-list:[^;]*level(\d+)/i.exec(style)?.[1];
  if (!level) return null;
  const sign = Array.from(paragraph.querySelectorAll("span")).find((span) =>
    /mso-list:\s*Ignore/i.test(span.getAttribute("style") ?? ""),
  );
  const text = sign?.textContent?.replace(/[\s\u00a0]+/g, "") ?? "";
  sign?.remove();
  return { paragraph, level: Number(level), ordered: /^\(?[\da-z]{1,4}[.)]$/i.test(text) };
}

function build(run: Line[]): void {
  const first = run[0];
  if (!first) return;
  const { ownerDocument } = first.paragraph;
  const open: { level: number; list: Element }[] = [];
  for (const { paragraph, level, ordered } of run) {
    while (open.length > 1 && (open.at(-1)?.level ?? 0) > level) open.pop();
    let current = open.at(-1);
    if (!current || current.level < level) {
      const list = ownerDocument.createElement(ordered ? "ol" : "ul");
      const parent = current?.list.lastElementChild;
      if (parent) parent.append(list);
      else paragraph.before(list);
      current = { level, list };
      open.push(current);
    }
    const item = ownerDocument.createElement("li");
    item.append(...Array.from(paragraph.childNodes));
    current.list.append(item);
    paragraph.remove();
  }
}
