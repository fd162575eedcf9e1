import { expect, test } from "vitest";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { clientsOf, movedClient } from "#app/_editor/follow/cursor-of.ts";

const ben = { user: { id: "ben", name: "Ben", hue: 7 } };
const ana = { user: { id: "ana", name: "Ana", hue: 3 } };
const cursor = { anchor: {}, head: {} };

/** Ben has three tabs, in two of which he has a caret; Ana has one; nobody has stamped the last. */
function present(): Awareness {
  const awareness = new Awareness(new Y.Doc());
  awareness.setLocalState({ ...ben, cursor });
  const states = awareness.getStates();
  states.set(1, { ...ben, cursor: null });
  states.set(2, { ...ben, cursor });
  states.set(3, { ...ben, cursor });
  states.set(4, { ...ana, cursor });
  states.set(5, { cursor });
  return awareness;
}

test("all tabs of a person but this one", () => {
  const awareness = present();
  expect(clientsOf(awareness, "ben")).toEqual([1, 2, 3]);
  expect(clientsOf(awareness, "nobody")).toEqual([]);
  awareness.destroy();
});

test.each([
  ["at first, one with a caret", [], null, 2],
  ["the one that moved", [3], 2, 3],
  ["not the one without a caret", [1], 3, 3],
  ["not somebody else's", [4], 3, 3],
  ["another one, when its caret is gone", [1], 1, 2],
])("followed is %s", (_what, changed, before, expected) => {
  const awareness = present();
  expect(movedClient(awareness, "ben", changed, before)).toBe(expected);
  awareness.destroy();
});

test("nobody without a caret", () => {
  const awareness = present();
  expect(movedClient(awareness, "nobody", [], null)).toBeNull();
  awareness.destroy();
});
