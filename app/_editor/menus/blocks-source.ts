// "/": the entries that blocks bring, in groups.
import type { EditorState } from "prosemirror-state";
import type { Choice, Source } from "#app/_editor/menus/source.ts";
import { type Button, buttons } from "#app/_editor/toolbar/entries.ts";

let all: { group: string; entry: Button }[] | null = null;

/** Built when it is first asked for: the plugins that ask are themselves a part of what the entries are made from. */
function entries(): { group: string; entry: Button }[] {
  all ??= [
    ...buttons("type").map((entry) => ({ entry, group: "Text" })),
    ...buttons("list").flatMap((entry) => (entry.toggles ? [{ entry, group: "Lists" }] : [])),
    ...buttons("insert").map((entry) => ({ entry, group: "Insert" })),
  ];
  return all;
}

export const blocksSource: Source = {
  id: "slash-menu",
  label: "Insert",
  pattern: /(?:^|\s)\/((?:[^\s/\ufffc][^/\ufffc]{0,30})?)$/,
  least: 0,
  find: matching,
};

/** Those that can be done here, whose title or synonyms have a word for each word of the query; all for none. */
function matching(query: string, state: EditorState): Choice[] {
  const wanted = words(query);
  return entries()
    .filter(({ entry }) => {
      const known = words(`${entry.title} ${entry.synonyms ?? ""}`);
      return wanted.every((word) => known.some((other) => other.startsWith(word)));
    })
    .filter(({ entry }) => entry.command(state) || entry.active(state))
    .map(({ entry, group }) => ({
      id: entry.id,
      title: entry.title,
      icon: entry.icon,
      group,
      pick: (view) => void entry.command(view.state, view.dispatch, view),
    }));
}

function words(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
}
