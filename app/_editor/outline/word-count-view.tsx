// How long the text is, or the selected part of it.
"use client";

import type { EditorHandle } from "#app/_editor/editor-handle.ts";
import { useWordCount } from "#app/_editor/outline/use-word-count.ts";
import { readingTime } from "#app/_editor/outline/word-count.ts";
import { words } from "#app/_editor/words.ts";

export function WordCount({ handle }: { handle: EditorHandle }) {
  const counts = useWordCount(handle);
  if (!counts) return <p className="outline-count" />;
  const { all, selected } = counts;
  const allWords = words("count.words", { count: all.words });
  const characters = words("count.characters", { count: all.characters });
  return (
    <p className="outline-count">
      {selected ? (
        <>
          <span>{words("count.of", { part: selected.words, all: allWords })}</span>
          <span>{words("count.selected", { part: selected.characters, all: characters })}</span>
        </>
      ) : (
        <>
          <span>{words("count.reading", { words: allWords, minutes: readingTime(all) })}</span>
          <span>{characters}</span>
        </>
      )}
    </p>
  );
}
