// Says messages with their arguments, as next-intl's translator does, whose types it has.
import { createElement, Fragment, type ReactNode } from "react";
import type { LocaleCode } from "./locales.ts";
import { caseOf, formatNumber, type Part, readMessage } from "./message.ts";

export type Values = Record<string, unknown>;
export interface Tree {
  [key: string]: string | Tree;
}

/** `messages` of one namespace. A key that it does not have is said as it is. */
export function translatorOf(locale: LocaleCode, messages: Tree) {
  const raw = (key: string) => key.split(".").reduce<Tree | string | undefined>(within, messages);
  const say = (key: string, values: Values = {}): unknown[] => {
    const message = raw(key);
    return typeof message === "string" ? sayParts(readMessage(message), values, locale, 0) : [key];
  };
  const text = (key: string, values?: Values) => say(key, values).join("");
  return Object.assign(text, {
    rich: (key: string, values?: Values) => asNode(say(key, values)),
    markup: text,
    raw,
    has: (key: string) => typeof raw(key) === "string",
  });
}

function within(tree: Tree | string | undefined, key: string): Tree | string | undefined {
  return typeof tree === "object" && Object.hasOwn(tree, key) ? tree[key] : undefined;
}

/** `count`: the number of the plural around them. */
function sayParts(parts: Part[], values: Values, locale: LocaleCode, count: number): unknown[] {
  return parts.flatMap((part) => {
    if (part.kind === "text") return part.text;
    if (part.kind === "count") return formatNumber(count, locale);
    const value = values[part.name];
    if (part.kind === "argument") return part.isNumber ? formatNumber(Number(value), locale) : value;
    if (part.kind === "plural") {
      const number = Number(value);
      return sayParts(caseOf(part.cases, number, locale), values, locale, number);
    }
    const inside = asNode(sayParts(part.children, values, locale, count));
    return typeof value === "function" ? value(inside) : inside;
  });
}

function asNode(said: unknown[]): ReactNode {
  const isText = said.every((each) => typeof each === "string" || typeof each === "number");
  return isText ? said.join("") : createElement(Fragment, null, ...(said as ReactNode[]));
}
