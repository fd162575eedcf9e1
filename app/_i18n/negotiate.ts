// Which of our languages a browser's Accept-Language header asks for (RFC 9110, 12.5.4; matched by "lookup" of RFC 4647).
import { DEFAULT_LOCALE, type LocaleCode, localeCodes } from "./locales.ts";

/** Browsers send a few; a header of thousands is nobody's wish. */
const MOST = 50;

/** The first wish, by weight and then by place, that one of ours fulfils: "de-AT" is fulfilled by "de". */
export function negotiateLocale(header: string | null): LocaleCode {
  const wishes = (header ?? "")
    .split(",", MOST)
    .map(wishOf)
    .filter(({ weight }) => weight > 0)
    // sort is stable: what is wished alike stays in its order.
    .sort((a, b) => b.weight - a.weight);
  for (const { tag } of wishes) {
    if (tag === "*") return DEFAULT_LOCALE;
    const found = lookUp(tag);
    if (found) return found;
  }
  return DEFAULT_LOCALE;
}

/** A weight that is no number from 0 to 1 makes the wish none. */
function wishOf(part: string): { tag: string; weight: number } {
  const [tag = "", ...parameters] = part.split(";").map((piece) => piece.trim().toLowerCase());
  const given = parameters.find((parameter) => parameter.startsWith("q="));
  const weight = given === undefined ? 1 : Number(given.slice(2) || "none");
  return { tag, weight: weight >= 0 && weight <= 1 ? weight : 0 };
}

/** Takes subtags from the end until one of ours is left: "zh-Hant-TW", "zh-Hant", "zh". */
function lookUp(tag: string): LocaleCode | undefined {
  for (let range = tag; range !== ""; range = range.slice(0, Math.max(0, range.lastIndexOf("-")))) {
    const found = localeCodes.find((code) => code.toLowerCase() === range);
    if (found) return found;
  }
  return undefined;
}
