// Which arguments and tags an ICU message has, as "name", "name:type" and "<tag>", sorted.

export function argumentsOf(message: string): string[] {
  const found = new Set<string>();
  for (const [, tag] of message.matchAll(/<(\w+)>/g)) found.add(`<${tag}>`);
  collect(message, found);
  return [...found].sort();
}

function collect(message: string, found: Set<string>): void {
  for (const inner of groups(message)) {
    const [name = "", type, ...rest] = inner.split(",").map((part) => part.trim());
    found.add(type ? `${name}:${type}` : name);
    // What is said for one, for many, for "male": messages of their own.
    if (type === "plural" || type === "select") for (const said of groups(rest.join(","))) collect(said, found);
  }
}

/** What stands between braces that are in no others. */
function groups(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "{" && depth++ === 0) start = at + 1;
    if (text[at] === "}" && --depth === 0) found.push(text.slice(start, at));
  }
  return found;
}
