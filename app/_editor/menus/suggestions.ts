// The state of the menus at the caret: a sign ("/", "@", ":") opens one, what follows narrows it down. The focus stays
// in the text; keys choose and pick. None opens for what somebody else writes. What they show is suggestion-menu.tsx.
import { type Command, type EditorState, Plugin, PluginKey, type Transaction } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { ySyncPluginKey } from "y-prosemirror";
import { blocksSource } from "#app/_editor/menus/blocks-source.ts";
import { emojiSource } from "#app/_editor/menus/emoji-source.ts";
import { mentionsSource } from "#app/_editor/menus/mentions-source.ts";
import type { Choice, Source } from "#app/_editor/menus/source.ts";

export interface SuggestionMenu {
  source: Source;
  /** Position of the sign. */
  from: number;
  query: string;
  choices: Choice[];
  /** The server has been asked and has not answered yet; the choices are those of the query before. */
  waiting: boolean;
  /** Index of the choice that Enter picks. */
  chosen: number;
  /** Length of the last query that matched something. */
  matched: number;
}

/** Letters after which a query without a match was not meant for the menu. */
const PATIENCE = 3;

const sources: Source[] = [blocksSource, mentionsSource, emojiSource];

const key = new PluginKey<SuggestionMenu | null>("suggestions");

type Ask =
  | { ask: "close" }
  | { ask: "choose"; index: number }
  | { ask: "answer"; query: string; source: Source; choices: Choice[] };

export const suggestionMenu = (state: EditorState): SuggestionMenu | null => key.getState(state) ?? null;

export function closeSuggestions(view: EditorView): void {
  if (suggestionMenu(view.state)) view.dispatch(view.state.tr.setMeta(key, { ask: "close" } satisfies Ask));
}

export function choose(view: EditorView, index: number): void {
  if (suggestionMenu(view.state)?.chosen === index) return;
  view.dispatch(view.state.tr.setMeta(key, { ask: "choose", index } satisfies Ask));
}

/** Takes the typed text away and does what was chosen, which is a step of undo of its own. */
export function pick(view: EditorView, index: number): void {
  const menu = suggestionMenu(view.state);
  const choice = menu?.choices[index];
  if (!menu || !choice) return;
  view.dispatch(view.state.tr.delete(menu.from, view.state.selection.head).setMeta(key, { ask: "close" }));
  choice.pick(view);
  view.focus();
}

interface Typed {
  source: Source;
  from: number;
  query: string;
}

/** The sign before the caret, and what is typed behind it. */
function typed({ selection: { $from, empty } }: EditorState): Typed | null {
  if (!empty || !$from.parent.isTextblock || $from.parent.type.spec.code) return null;
  if ($from.marks().some((mark) => mark.type.spec.code)) return null;
  const before = $from.parent.textBetween(0, $from.parentOffset, null, "\ufffc");
  for (const source of sources) {
    const query = source.pattern.exec(before)?.[1];
    if (query !== undefined) return { source, from: $from.pos - query.length - 1, query };
  }
  return null;
}

function next(
  tr: Transaction,
  menu: SuggestionMenu | null,
  before: EditorState,
  state: EditorState,
): SuggestionMenu | null {
  const asked = tr.getMeta(key) as Ask | undefined;
  if (asked?.ask === "close") return null;
  if (asked?.ask === "answer") return menu && answered(menu, asked);
  if (asked && menu) return { ...menu, chosen: asked.index };
  const found = typed(state);
  if (!found || (menu && found.source !== menu.source)) return null;
  if (!menu) {
    const isOurs = tr.docChanged && !tr.getMeta(ySyncPluginKey) && !tr.getMeta("uiEvent");
    const isOneLetter = state.doc.content.size === before.doc.content.size + 1;
    if (!isOurs || !isOneLetter || found.query.length !== found.source.least) return null;
  } else if (found.query === menu.query) return { ...menu, from: found.from };
  const fresh = found.source.find(found.query, state);
  const rest = { ...found, chosen: 0, matched: menu?.matched ?? found.query.length };
  if (fresh instanceof Promise) {
    asking.set(found.source, { query: found.query, choices: fresh });
    return { ...rest, choices: menu?.choices ?? [], chosen: menu?.chosen ?? 0, waiting: true };
  }
  return answered({ ...rest, choices: [], waiting: false }, { choices: fresh, ...found });
}

/** What was asked of each source last; the plugin's view waits for it. */
const asking = new WeakMap<Source, { query: string; choices: Promise<Choice[]> }>();

function answered(menu: SuggestionMenu, answer: { choices: Choice[]; query: string; source: Source }) {
  if (answer.source !== menu.source || answer.query !== menu.query) return menu;
  const matched = answer.choices.length > 0 ? menu.query.length : menu.matched;
  if (menu.query.length - matched > PATIENCE) return null;
  return { ...menu, choices: answer.choices, waiting: false, chosen: 0, matched };
}

/** Tells the menu what the server said, if it still wants to know. */
async function waitFor(view: EditorView, source: Source): Promise<void> {
  const question = asking.get(source);
  if (!question) return;
  const choices = await question.choices.catch(() => []);
  if (view.isDestroyed || asking.get(source) !== question) return;
  asking.delete(source);
  const answer: Ask = { ask: "answer", source, query: question.query, choices };
  view.dispatch(view.state.tr.setMeta(key, answer));
}

const step = (by: number): Command => {
  return (state, _dispatch, view) => {
    const menu = suggestionMenu(state);
    if (!menu || !view || menu.choices.length === 0) return false;
    choose(view, (menu.chosen + by + menu.choices.length) % menu.choices.length);
    return true;
  };
};

const take: Command = (state, _dispatch, view) => {
  const menu = suggestionMenu(state);
  if (!menu || !view || menu.choices.length === 0) return false;
  pick(view, menu.chosen);
  return true;
};

const leave: Command = (state, _dispatch, view) => {
  if (!suggestionMenu(state) || !view) return false;
  closeSuggestions(view);
  return true;
};

const keys: Record<string, Command> = {
  ArrowDown: step(1),
  ArrowUp: step(-1),
  Enter: take,
  Tab: take,
  Escape: leave,
};

export function suggestions(): Plugin<SuggestionMenu | null> {
  return new Plugin<SuggestionMenu | null>({
    key,
    state: { init: () => null, apply: next },
    view: () => ({
      update(view, before) {
        const menu = suggestionMenu(view.state);
        if (menu?.waiting && menu.query !== suggestionMenu(before)?.query) void waitFor(view, menu.source);
      },
    }),
    props: {
      handleKeyDown: (view, event) => {
        const isPlain = !event.isComposing && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
        return isPlain && (keys[event.key]?.(view.state, view.dispatch, view) ?? false);
      },
      handleDOMEvents: {
        blur: (view) => {
          closeSuggestions(view);
          return false;
        },
      },
      // The focus does not move, so the text itself names the list and the option.
      attributes: (state): Record<string, string> => {
        const menu = suggestionMenu(state);
        if (!menu || menu.choices.length === 0) return {};
        return {
          "aria-haspopup": "listbox",
          "aria-controls": menu.source.id,
          "aria-activedescendant": `${menu.source.id}-${menu.choices[menu.chosen]?.id}`,
        };
      },
    },
  });
}
