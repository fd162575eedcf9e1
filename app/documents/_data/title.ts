// Titles of documents: what is accepted, and what is shown for an empty one.
import { z } from "zod";

export const TITLE_LENGTH = 200;
export const UNTITLED = "Untitled";

/** Control characters, and those that would turn the text around them about. */
const UNWANTED = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A title as it is stored: one line, without surrounding space. May be empty. */
export function cleanTitle(title: string): string {
  return title.replaceAll(/\s+/g, " ").replaceAll(UNWANTED, "").trim();
}

export const titleSchema = z
  .string()
  .transform(cleanTitle)
  .pipe(z.string().max(TITLE_LENGTH, `a title has at most ${TITLE_LENGTH} characters`));
