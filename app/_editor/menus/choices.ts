// What the slash menu offers: the entries that blocks bring, in groups, and which of them a query means.
import type { EditorState } from "prosemirror-state";
import { type Button, buttons } from "#app/_editor/toolbar/entries.ts";

export interface Choice extends Button {
  group: string;
}

let all: Choice[] | null = null;

/** Built when it is first asked for: the plugins that ask are themselves a part of what the entries are made from. */
function choices(): Choice[] {
  all ??= [
    ...buttons("type").map((entry) => ({ ...entry, group: "Text" })),
    ...buttons("list").flatMap((entry) => (entry.toggles ? [{ ...entry, group: "Lists" }] : [])),
    ...buttons("insert").map((entry) => ({ ...entry, group: "Insert" })),
  ];
  return all;
}

/** Those that can be done here, whose title or synonyms have a word for each word of the query; all for none. */
export function matching(query: string, state: EditorState): Choice[] {
  const wanted = words(query);
  const found = choices().filter((choice) => {
    const known = words(`${choice.title} ${choice.synonyms ?? ""}`);
    return wanted.every((word) => known.some((other) => other.startsWith(word)));
  });
  return found.filter((choice) => choice.command(state) || choice.active(state));
}

function words(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
}
