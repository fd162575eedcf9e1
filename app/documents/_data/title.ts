// Titles of documents: what is accepted (checked by title-schema.ts, on the server). What is shown for an empty one is common.untitled of the messages.

export const TITLE_LENGTH = 200;

/**
 * Control characters and halves of surrogate pairs, what would turn the text around it about, and what nobody sees.
 * The joiners of emoji and of some scripts stay.
 */
const UNWANTED = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/** A title as it is stored: one line, without surrounding space. May be empty. */
export function cleanTitle(title: string): string {
  return title.replaceAll(/\s/g, " ").replaceAll(UNWANTED, "").replaceAll(/ +/g, " ").trim();
}
