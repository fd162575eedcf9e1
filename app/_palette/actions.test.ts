import { expect, test } from "vitest";
import { matchingActions } from "#app/_palette/actions.ts";

const actions = [
  { title: "New document", synonyms: "create add" },
  { title: "Export as Markdown", synonyms: "download save" },
  { title: "Switch to the dark theme", synonyms: "light dark mode colours" },
];

test.each([
  ["", 3],
  ["  ", 3],
  ["new", 1],
  ["DOC", 1],
  ["create doc", 1],
  ["export down", 1],
  ["mark", 1],
  ["ark", 0],
  ["new theme", 0],
  ["d", 3],
])("%j means %i of them", (query, many) => {
  expect(matchingActions(actions, query)).toHaveLength(many);
});
