// Reads the part of ICU MessageFormat that our messages use, in the browser and wherever the editor's words are said:
// arguments, numbers, plurals and tags. Anything else is an error, and messages.test.ts reads every message of every
// language both with this and with the whole ICU reader that the server's pages use.
import type { LocaleCode } from "./locales.ts";

export type Part =
  | { kind: "text"; text: string }
  | { kind: "argument"; name: string; isNumber: boolean }
  | { kind: "plural"; name: string; cases: Record<string, Part[]> }
  /** "#": the number of the plural around it */
  | { kind: "count" }
  | { kind: "tag"; name: string; children: Part[] };

const known = new Map<string, Part[]>();

/** Throws for what is not of this grammar. */
export function readMessage(message: string): Part[] {
  let parts = known.get(message);
  if (!parts) {
    parts = new Reader(message).all();
    known.set(message, parts);
  }
  return parts;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  all(): Part[] {
    const parts = this.#parts(false);
    if (this.#at < this.#text.length) this.#fail();
    return parts;
  }

  #parts(isPlural: boolean): Part[] {
    const parts: Part[] = [];
    for (;;) {
      const text = this.#take(isPlural ? /[^{}<#']+/y : /[^{}<']+/y);
      if (text) parts.push({ kind: "text", text });
      else if (isPlural && this.#take(/#/y)) parts.push({ kind: "count" });
      else if (this.#take(/\{\s*/y)) parts.push(this.#argument());
      else {
        const name = this.#take(/<\w+>/y)?.slice(1, -1);
        if (!name) return parts;
        parts.push({ kind: "tag", name, children: this.#parts(isPlural) });
        if (this.#take(/<\/\w+>/y) !== `</${name}>`) this.#fail();
      }
    }
  }

  #argument(): Part {
    const name = this.#take(/\w+/y) ?? this.#fail();
    if (this.#take(/\s*\}/y)) return { kind: "argument", name, isNumber: false };
    if (this.#take(/\s*,\s*number\s*\}/y)) return { kind: "argument", name, isNumber: true };
    if (!this.#take(/\s*,\s*plural\s*,\s*/y)) this.#fail();
    const cases: Record<string, Part[]> = {};
    for (let which = this.#case(); which; which = this.#case()) {
      cases[which] = this.#parts(true);
      if (!this.#take(/\}\s*/y)) this.#fail();
    }
    if (!cases.other || !this.#take(/\}/y)) this.#fail();
    return { kind: "plural", name, cases };
  }

  #case(): string | undefined {
    return this.#take(/(?:=\d+|zero|one|two|few|many|other)\s*\{/y)?.replace(/\s*\{$/, "");
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #fail(): never {
    throw new Error(`Not a message at ${this.#at}: ${this.#text}`);
  }
}

/** What of a plural is said for `count`. */
export function caseOf(cases: Record<string, Part[]>, count: number, locale: LocaleCode): Part[] {
  return cases[`=${count}`] ?? cases[pluralRules(locale).select(count)] ?? cases.other ?? [];
}

export const formatNumber = (value: number, locale: LocaleCode) => numberFormat(locale).format(value);

const pluralRules = remembered((locale) => new Intl.PluralRules(locale));
const numberFormat = remembered((locale) => new Intl.NumberFormat(locale));

function remembered<T>(make: (locale: LocaleCode) => T): (locale: LocaleCode) => T {
  const made = new Map<LocaleCode, T>();
  return (locale) => {
    const one = made.get(locale) ?? make(locale);
    made.set(locale, one);
    return one;
  };
}
