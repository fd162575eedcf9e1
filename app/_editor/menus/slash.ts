// The slash menu's state: "/" at the start of a word opens it, what follows narrows it down. The focus stays in the
// text; keys choose and pick. It never opens for what somebody else writes, and what it shows is slash-menu.tsx.
import { type Command, type EditorState, Plugin, PluginKey, type Transaction } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { ySyncPluginKey } from "y-prosemirror";
import { type Choice, matching } from "#app/_editor/menus/choices.ts";

export interface SlashMenu {
  /** Position of the "/". */
  from: number;
  query: string;
  choices: Choice[];
  /** Index of the choice that Enter picks. */
  chosen: number;
  /** Length of the last query that matched something. */
  matched: number;
}

/** For aria-controls, and what the ids of the options start with. */
export const LIST_ID = "slash-menu";
/** Letters after which a query without a match was not meant for the menu. */
const PATIENCE = 3;

const key = new PluginKey<SlashMenu | null>("slash");

type Ask = { ask: "close" } | { ask: "choose"; index: number };

export const slashMenu = (state: EditorState): SlashMenu | null => key.getState(state) ?? null;

export function closeSlash(view: EditorView): void {
  if (slashMenu(view.state)) view.dispatch(view.state.tr.setMeta(key, { ask: "close" } satisfies Ask));
}

export function choose(view: EditorView, index: number): void {
  if (slashMenu(view.state)?.chosen === index) return;
  view.dispatch(view.state.tr.setMeta(key, { ask: "choose", index } satisfies Ask));
}

/** Takes the typed text away and does what was chosen, which is a step of undo of its own. */
export function pick(view: EditorView, index: number): void {
  const menu = slashMenu(view.state);
  const choice = menu?.choices[index];
  if (!menu || !choice) return;
  view.dispatch(view.state.tr.delete(menu.from, view.state.selection.head).setMeta(key, { ask: "close" }));
  choice.command(view.state, view.dispatch, view);
  view.focus();
}

/** The "/" before the caret, and what is typed behind it. */
function typed({ selection: { $from, empty } }: EditorState): { from: number; query: string } | null {
  if (!empty || !$from.parent.isTextblock || $from.parent.type.spec.code) return null;
  if ($from.marks().some((mark) => mark.type.spec.code)) return null;
  const before = $from.parent.textBetween(0, $from.parentOffset, null, "\ufffc");
  const query = /(?:^|\s)\/((?:[^\s/\ufffc][^/\ufffc]{0,30})?)$/.exec(before)?.[1];
  return query === undefined ? null : { from: $from.pos - query.length - 1, query };
}

function next(tr: Transaction, menu: SlashMenu | null, before: EditorState, state: EditorState): SlashMenu | null {
  const asked = tr.getMeta(key) as Ask | undefined;
  if (asked?.ask === "close") return null;
  if (asked && menu) return { ...menu, chosen: asked.index };
  const found = typed(state);
  if (!found) return null;
  if (!menu) {
    const isOurs = tr.docChanged && !tr.getMeta(ySyncPluginKey) && !tr.getMeta("uiEvent");
    const isOneLetter = state.doc.content.size === before.doc.content.size + 1;
    if (!isOurs || !isOneLetter || found.query !== "") return null;
    return { ...found, choices: matching("", state), chosen: 0, matched: 0 };
  }
  if (found.query === menu.query) return { ...menu, from: found.from };
  const choices = matching(found.query, state);
  const matched = choices.length > 0 ? found.query.length : menu.matched;
  if (found.query.length - matched > PATIENCE) return null;
  return { ...found, choices, chosen: 0, matched };
}

const step = (by: number): Command => {
  return (state, _dispatch, view) => {
    const menu = slashMenu(state);
    if (!menu || !view || menu.choices.length === 0) return false;
    choose(view, (menu.chosen + by + menu.choices.length) % menu.choices.length);
    return true;
  };
};

const take: Command = (state, _dispatch, view) => {
  const menu = slashMenu(state);
  if (!menu || !view || menu.choices.length === 0) return false;
  pick(view, menu.chosen);
  return true;
};

const leave: Command = (state, _dispatch, view) => {
  if (!slashMenu(state) || !view) return false;
  closeSlash(view);
  return true;
};

const keys: Record<string, Command> = {
  ArrowDown: step(1),
  ArrowUp: step(-1),
  Enter: take,
  Tab: take,
  Escape: leave,
};

export function slash(): Plugin<SlashMenu | null> {
  return new Plugin<SlashMenu | null>({
    key,
    state: { init: () => null, apply: next },
    props: {
      handleKeyDown: (view, event) => {
        const isPlain = !event.isComposing && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
        return isPlain && (keys[event.key]?.(view.state, view.dispatch, view) ?? false);
      },
      handleDOMEvents: {
        blur: (view) => {
          closeSlash(view);
          return false;
        },
      },
      // The focus does not move, so the text itself names the list and the option.
      attributes: (state): Record<string, string> => {
        const menu = slashMenu(state);
        if (!menu || menu.choices.length === 0) return {};
        return {
          "aria-haspopup": "listbox",
          "aria-controls": LIST_ID,
          "aria-activedescendant": `${LIST_ID}-${menu.choices[menu.chosen]?.id}`,
        };
      },
    },
  });
}
