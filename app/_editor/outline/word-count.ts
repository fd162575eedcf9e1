// Words and characters of a document or of a part of it. What was counted of a node is kept with it, and a node never
// changes: after an edit only the edited blocks are counted again. When it is counted is use-word-count.ts.
import type { Node } from "prosemirror-model";

export interface Count {
  words: number;
  /** As people count them, an emoji or a letter with its accents as one, with spaces. */
  characters: number;
}

/** A moment after which counting stops, in ms of performance.now(). */
type Until = number;

/** Scripts that write words without spaces between them. */
const UNSPACED =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const LETTER = /[\p{L}\p{N}]/u;
/** Where a character may be more than one unit of the string. */
const COMPOSED = /[\u200d\p{M}\u{10000}-\u{10ffff}]/u;
const WORDS_PER_MINUTE = 230;

const known = new WeakMap<Node, Count>();
let words: Intl.Segmenter | undefined;
let graphemes: Intl.Segmenter | undefined;

/** Null if there was no time to finish; what was counted is kept, so that the next attempt gets further. */
export function countDocument(doc: Node, until: Until): Count | null {
  const total = { words: 0, characters: 0 };
  return addChildren(doc, total, until) ? total : null;
}

/** The same for what is between two positions. */
export function countBetween(doc: Node, from: number, to: number, until: Until): Count | null {
  const total = { words: 0, characters: 0 };
  let isComplete = true;
  doc.nodesBetween(from, to, (node, pos) => {
    if (!isComplete) return false;
    if (!node.isTextblock) return true;
    const start = Math.max(0, from - pos - 1);
    const end = Math.min(node.content.size, to - pos - 1);
    const isWhole = start === 0 && end === node.content.size;
    if (end > start) add(total, isWhole ? countBlock(node) : countText(textOf(node, start, end)));
    isComplete = performance.now() < until;
    return false;
  });
  return isComplete ? total : null;
}

export function countText(text: string): Count {
  return { words: countWords(text), characters: countCharacters(text) };
}

/** Minutes, one at least. */
export function readingTime({ words }: Count): number {
  return Math.max(1, Math.round(words / WORDS_PER_MINUTE));
}

/** Answers whether there was time for all. */
function addChildren(parent: Node, total: Count, until: Until): boolean {
  for (const node of parent.children) {
    const before = known.get(node);
    if (before) add(total, before);
    else if (performance.now() >= until) return false;
    else if (node.isTextblock) add(total, countBlock(node));
    else {
      const within = { words: 0, characters: 0 };
      if (!addChildren(node, within, until)) return false;
      known.set(node, within);
      add(total, within);
    }
  }
  return true;
}

function countBlock(node: Node): Count {
  let count = known.get(node);
  if (!count) {
    count = countText(textOf(node, 0, node.content.size));
    known.set(node, count);
  }
  return count;
}

function textOf(node: Node, from: number, to: number): string {
  return node.textBetween(from, to, " ", (leaf) => leaf.type.spec.leafText?.(leaf) ?? " ");
}

function add(total: Count, { words, characters }: Count): void {
  total.words += words;
  total.characters += characters;
}

function countWords(text: string): number {
  let found = 0;
  for (const part of text.split(/\s+/)) {
    if (UNSPACED.test(part)) found += countSegments(part);
    else if (LETTER.test(part)) found++;
  }
  return found;
}

function countSegments(text: string): number {
  words ??= new Intl.Segmenter(undefined, { granularity: "word" });
  let found = 0;
  for (const segment of words.segment(text)) if (segment.isWordLike) found++;
  return found;
}

function countCharacters(text: string): number {
  if (!COMPOSED.test(text)) return text.length;
  graphemes ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  let found = 0;
  for (const _character of graphemes.segment(text)) found++;
  return found;
}
