// Small tools over markdown-it's flat list of tokens, for the files beside this one.
import type { MarkdownParser } from "prosemirror-markdown";

export type Tokenizer = MarkdownParser["tokenizer"];
export type Token = ReturnType<Tokenizer["parse"]>[number];

/** Index of the token that closes the one at `open`. */
export function closing(tokens: Token[], open: number): number {
  const level = tokens[open]?.level;
  const type = tokens[open]?.type.replace(/_open$/, "_close");
  for (let i = open + 1; i < tokens.length; i++) {
    if (tokens[i]?.level === level && tokens[i]?.nesting === -1 && tokens[i]?.type === type) return i;
  }
  return tokens.length - 1;
}

export function rename(token: Token | undefined, type: string): void {
  if (token) token.type = type;
}
