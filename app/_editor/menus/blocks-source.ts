// "/": the entries that blocks bring, in groups.
import type { EditorState } from "prosemirror-state";
import type { Choice, Source } from "#app/_editor/menus/source.ts";
import { type Button, buttons, shortcuts } from "#app/_editor/toolbar/entries.ts";
import { synonymsOf, titleOf, words } from "#app/_editor/words.ts";

let all: { group: "text" | "lists" | "insert"; entry: Button }[] | null = null;

/** Built when it is first asked for: the plugins that ask are themselves a part of what the entries are made from. */
function entries(): { group: "text" | "lists" | "insert"; entry: Button }[] {
  all ??= [
    ...buttons("type").map((entry) => ({ entry, group: "text" as const })),
    ...buttons("list").flatMap((entry) => (entry.toggles ? [{ entry, group: "lists" as const }] : [])),
    ...buttons("insert").map((entry) => ({ entry, group: "insert" as const })),
  ];
  return all;
}

export const blocksSource: Source = {
  id: "slash-menu",
  label: () => words("menu.insert"),
  pattern: /(?:^|\s)\/((?:[^\s/\ufffc][^/\ufffc]{0,30})?)$/,
  least: 0,
  find: matching,
};

/**
 * Those that can be done here, whose title or synonyms, in the language of the page or in English, have a word for each
 * word of the query; all for none.
 */
function matching(query: string, state: EditorState): Choice[] {
  const wanted = wordsIn(query);
  return entries()
    .filter(({ entry }) => {
      const known = wordsIn(`${titleOf(entry)} ${synonymsOf(entry)} ${entry.title} ${entry.synonyms ?? ""}`);
      return wanted.every((word) => known.some((other) => other.startsWith(word)));
    })
    .filter(({ entry }) => entry.command(state) || entry.active(state))
    .map(({ entry, group }) => ({
      id: entry.id,
      title: titleOf(entry),
      shortcut: shortcuts.get(entry.title),
      icon: entry.icon,
      group: words(`menu.${group}`),
      pick: (view) => void entry.command(view.state, view.dispatch, view),
    }));
}

function wordsIn(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
}
