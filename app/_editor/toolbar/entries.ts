// What the toolbar shows: undo and redo, the entries that blocks bring, and links.
import type { Command, EditorState } from "prosemirror-state";
import { redoCommand, undoCommand } from "y-prosemirror";
import type { MenuEntry } from "#app/_editor/block.ts";
import { blocks } from "#app/_editor/blocks/index.ts";
import { intend } from "#app/_editor/commands/intention.ts";
import { keyTable, noPage } from "#app/_editor/keys.ts";
import { editLink, linkAt } from "#app/_editor/plugins/links.ts";
import { schema } from "#app/_editor/schema.ts";
import { titleOf, words } from "#app/_editor/words.ts";
import english from "#app/_i18n/messages/en/editor.json" with { type: "json" };

export type Button = Omit<MenuEntry, "place"> & { place: MenuEntry["place"] | "history" | "link"; toggles: boolean };

const never = () => false;

const own: Button[] = blocks
  .flatMap((block) => block.menu?.(schema) ?? [])
  .map((entry) => ({
    ...entry,
    command: neverThrowsWhenAsked(intend(entry.command)),
    active: (state) => answerOf(() => entry.active(state)),
    toggles: isToggle(entry),
  }));

const extra: Button[] = [
  { id: "undo", title: "Undo", icon: "undo", place: "history", command: undoCommand, active: never, toggles: false },
  { id: "redo", title: "Redo", icon: "redo", place: "history", command: redoCommand, active: never, toggles: false },
  {
    id: "link",
    title: "Link",
    icon: "link",
    place: "link",
    command: editLink,
    active: (state: EditorState) => linkAt(state) !== null,
    toggles: true,
  },
];

/**
 * Every button is asked with every change, while the page is drawn. Two people who change a table at once can leave it in
 * a shape that the library's commands do not expect (table/repair.ts): those cannot be used then, and the page goes on.
 */
function answerOf(ask: () => boolean): boolean {
  try {
    return ask();
  } catch {
    return false;
  }
}

function neverThrowsWhenAsked(command: Command): Command {
  return (state, dispatch, view) =>
    dispatch ? command(state, dispatch, view) : answerOf(() => command(state, undefined, view));
}

function isToggle(entry: MenuEntry): boolean {
  return (
    entry.place === "mark" || entry.id.startsWith("header-") || (entry.place === "list" && entry.id.endsWith("-list"))
  );
}

export function buttons(place: Button["place"]): Button[] {
  return [...own, ...extra].filter((button) => button.place === place);
}

/** Keys that no button has, by the title in the table of keys. */
const ofKeys = new Map(Object.entries(english.keys).map(([id, title]) => [title, id as keyof typeof english.keys]));

/** What the help calls a key of the table: as the button that does the same, else by a text of its own. */
export function nameOfKey(title: string): string {
  const button = [...own, ...extra].find((entry) => entry.title === title);
  const id = ofKeys.get(title);
  if (button) return titleOf(button);
  return id ? words(`keys.${id}`) : title;
}

/** The shortcut that does the same, by the title they share. */
export const shortcuts = new Map(
  keyTable(schema, noPage).flatMap(({ key, title }) => (title ? [[title, key] as const] : [])),
);

/** The shortcut of what no button does, by its id among the editor's words (`keys`). */
export function shortcutOf(id: string): string | undefined {
  const titles: Record<string, string | undefined> = english.keys;
  return shortcuts.get(titles[id] ?? "");
}
