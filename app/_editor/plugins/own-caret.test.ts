import { expect, test } from "vitest";
import * as Y from "yjs";
import { withOwnLetters } from "./own-caret.ts";

/** "hello" in a text node; answers where a selection is after somebody else inserted "XY" at `at`. */
function after(anchor: number, head: number, at: number): [number | undefined, number | undefined] {
  const doc = new Y.Doc();
  const text = new Y.XmlText("hello");
  doc.getXmlFragment("prosemirror").insert(0, [text]);
  const noted = {
    anchor: Y.createRelativePositionFromTypeIndex(text, anchor),
    head: Y.createRelativePositionFromTypeIndex(text, head),
  };
  const kept = withOwnLetters(noted, head - anchor, doc);
  text.insert(at, "XY");
  const index = (position: Y.RelativePosition) => Y.createAbsolutePositionFromRelativePosition(position, doc)?.index;
  return [index(kept.anchor), index(kept.head)];
}

test.each([
  ["a caret at the end stays behind its own letter", 5, 5, 5, [5, 5]],
  ["a caret in the middle stays, too", 2, 2, 2, [2, 2]],
  ["text before the caret moves it along", 3, 3, 1, [5, 5]],
  ["text behind the caret does not", 3, 3, 4, [3, 3]],
  ["a selection does not grow at its end", 1, 4, 4, [1, 4]],
  ["nor at its start", 1, 4, 1, [3, 6]],
  ["nor when it was made backwards", 4, 1, 4, [4, 1]],
  ["at the very start nothing is before the caret", 0, 0, 0, [2, 2]],
] as const)("%s", (_, anchor, head, at, expected) => {
  expect(after(anchor, head, at)).toEqual(expected);
});
