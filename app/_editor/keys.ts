// Every shortcut of the editor in one table: the keymap, the tooltips and the help dialog are made from it, so the
// help cannot lie.
import { baseKeymap, chainCommands } from "prosemirror-commands";
import { undoInputRule } from "prosemirror-inputrules";
import type { Schema } from "prosemirror-model";
import type { Command } from "prosemirror-state";
import { redoCommand, undoCommand } from "y-prosemirror";
import type { Key } from "#app/_editor/block.ts";
import { blocks } from "#app/_editor/blocks/index.ts";
import { plainerAtStart } from "#app/_editor/commands/backspace.ts";
import { toDocumentEnd } from "#app/_editor/commands/document-ends.ts";
import { intend } from "#app/_editor/commands/intention.ts";
import { moveDown, moveUp } from "#app/_editor/commands/move-block.ts";
import { editLink } from "#app/_editor/plugins/links.ts";
import type { SendFile } from "#app/_editor/upload/uploaded-file.ts";

/** What the page around the editor does for it. */
export interface PageActions {
  showHelp(): void;
  showSaveState(): void;
  enterToolbar(): void;
  /** Opens find and replace, with the focus in that field. */
  find(field: "find" | "replace"): void;
  /** Puts a file into the document's store. */
  sendFile: SendFile;
  goToOutline(): void;
  showCommands(): void;
}

/** For those who want the keys alone: their titles, or their commands without a page around them. */
export const noPage: PageActions = {
  showHelp() {},
  showSaveState() {},
  enterToolbar() {},
  find() {},
  sendFile: () => Promise.reject(),
  goToOutline() {},
  showCommands() {},
};

export function keyTable(schema: Schema, page: PageActions): Key[] {
  const act = (run: () => void): Command => {
    return () => {
      run();
      return true;
    };
  };
  return [
    { key: "Mod-z", title: "Undo", command: undoCommand },
    { key: "Mod-Shift-z", title: "Redo", command: redoCommand },
    { key: "Mod-y", command: redoCommand },
    ...blocks.flatMap((block) => block.keys?.(schema) ?? []).map((key) => (key.title ? intended(key) : key)),
    { key: "Alt-ArrowUp", title: "Move up", command: intend(moveUp) },
    { key: "Alt-ArrowDown", title: "Move down", command: intend(moveDown) },
    { key: "Mod-k", title: "Link", command: editLink },
    { key: "Mod-f", title: "Find and replace", command: act(() => page.find("find")) },
    { key: "Mod-h", command: act(() => page.find("replace")) },
    { key: "Mod-Shift-o", title: "Outline", command: act(page.goToOutline) },
    { key: "Mod-Shift-p", title: "Commands", command: act(page.showCommands) },
    { key: "Alt-F10", title: "Go to the toolbar", command: act(page.enterToolbar) },
    { key: "Mod-s", title: "Show whether everything is saved", command: act(page.showSaveState) },
    { key: "Mod-/", title: "Keyboard shortcuts", command: act(page.showHelp) },
    ...(["Mod-Home", "Meta-ArrowUp"] as const).flatMap((key) => ends(key, "start")),
    ...(["Mod-End", "Meta-ArrowDown"] as const).flatMap((key) => ends(key, "end")),
    { key: "Backspace", command: chainCommands(undoInputRule, plainerAtStart) },
  ];
}

function ends(key: string, which: "start" | "end"): Key[] {
  return [
    { key, command: toDocumentEnd(which) },
    { key: `Shift-${key}`, command: toDocumentEnd(which, true) },
  ];
}

/** For prosemirror-keymap: of several commands on one key, the first that applies. */
export function bindings(table: Key[]): Record<string, Command> {
  const byKey = new Map<string, Command[]>();
  for (const { key, command } of table) byKey.set(key, [...(byKey.get(key) ?? []), command]);
  for (const [key, command] of Object.entries(baseKeymap)) byKey.set(key, [...(byKey.get(key) ?? []), command]);
  return Object.fromEntries([...byKey].map(([key, commands]) => [key, chainCommands(...commands)]));
}

function intended(key: Key): Key {
  return { ...key, command: intend(key.command) };
}
