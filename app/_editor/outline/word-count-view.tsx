// How long the text is, or the selected part of it.
"use client";

import type { EditorHandle } from "#app/_editor/editor-handle.ts";
import { useWordCount } from "#app/_editor/outline/use-word-count.ts";
import { readingTime } from "#app/_editor/outline/word-count.ts";

export function WordCount({ handle }: { handle: EditorHandle }) {
  const counts = useWordCount(handle);
  if (!counts) return <p className="outline-count" />;
  const { all, selected } = counts;
  const words = `${number(all.words)} ${all.words === 1 ? "word" : "words"}`;
  const characters = `${number(all.characters)} ${all.characters === 1 ? "character" : "characters"}`;
  return (
    <p className="outline-count">
      {selected ? (
        <>
          <span>
            {number(selected.words)} of {words}
          </span>
          <span>
            {number(selected.characters)} of {characters} selected
          </span>
        </>
      ) : (
        <>
          <span>
            {words}, {readingTime(all)} min to read
          </span>
          <span>{characters}</span>
        </>
      )}
    </p>
  );
}

/** In the language of the page. */
function number(value: number): string {
  return value.toLocaleString("en");
}
