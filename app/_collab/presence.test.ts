import { expect, test } from "vitest";
import { othersPresent, stampedUser } from "#app/_collab/presence.ts";

const ana = { user: { id: "a", name: "Ana", color: "#766b00", hue: 3 } };
const ben = { user: { id: "b", name: "Ben", color: "#0077a5", hue: 7 } };

test("one entry per person, however many tabs, without oneself, by name", () => {
  expect(othersPresent([ben, ana, ben, { cursor: 1 }, null], "x")).toEqual([
    { id: "a", name: "Ana", color: 3, tabs: 1 },
    { id: "b", name: "Ben", color: 7, tabs: 2 },
  ]);
  expect(othersPresent([ben, ana, ana], "a").map((person) => person.id)).toEqual(["b"]);
});

test.each([null, {}, { user: null }, { user: { name: "Eve" } }, { user: { id: 1, name: "Eve" } }])(
  "%j is nobody",
  (state) => {
    expect(stampedUser(state)).toBeNull();
  },
);

test("a colour is always one of the palette", () => {
  expect(stampedUser({ user: { id: "a", name: "A", hue: -1 } })?.color).toBe(11);
  expect(stampedUser({ user: { id: "a", name: "A", hue: "red" } })?.color).toBe(0);
});
