import { expect, test } from "vitest";
import { negotiateLocale } from "./negotiate.ts";

test.each([
  [null, "en"],
  ["", "en"],
  ["de", "de"],
  ["de-AT", "de"],
  ["DE-at;q=0.9", "de"],
  ["fr, de;q=0.5, en;q=0.8", "en"],
  ["fr-CH, fr;q=0.9, ar-EG;q=0.8, en;q=0.7", "ar"],
  ["en;q=0.5, de;q=0.5", "en"],
  ["de;q=0.5, en;q=0.5", "de"],
  ["de;q=0, ar;q=0.1", "ar"],
  ["de;q=2, ar;q=-1", "en"],
  ["de;q=x, ar;q=0.1", "ar"],
  ["de;q=, ar;q=0.1", "ar"],
  ["*, de;q=0.5", "en"],
  ["fr, *;q=0.1", "en"],
  ["dex", "en"],
  ["-", "en"],
  [";;;,,,q=1", "en"],
  [" de ; q=0.4 , ar ; q=0.6 ", "ar"],
  [`${"fr,".repeat(10_000)}de`, "en"],
])("%j is answered in %s", (header, expected) => expect(negotiateLocale(header)).toBe(expected));
