// The slash menu on the screen: a listbox at the caret. The focus stays in the text, which names the chosen option;
// what it does is slash.ts.
"use client";

import { autoUpdate, computePosition, flip, offset, shift, size } from "@floating-ui/dom";
import { useEffect, useRef, useSyncExternalStore } from "react";
import type { EditorHandle } from "#app/_editor/editor-handle.ts";
import { keyLabel } from "#app/_editor/key-label.ts";
import type { Choice } from "#app/_editor/menus/choices.ts";
import { choose, LIST_ID, type SlashMenu as Menu, pick, slashMenu } from "#app/_editor/menus/slash.ts";
import { isMac } from "#app/_editor/platform.ts";
import { shortcuts } from "#app/_editor/toolbar/entries.ts";
import { icons } from "#app/_editor/toolbar/icons.ts";
import "#app/_editor/styles/slash-menu.css";

export function SlashMenu({ handle }: { handle: EditorHandle }) {
  const state = useSyncExternalStore(handle.subscribe, handle.getState, handle.getState);
  const menu = slashMenu(state);
  const place = useRef<HTMLDivElement>(null);
  const from = menu?.from ?? null;

  useEffect(() => {
    if (from === null || !place.current) return;
    const box = place.current;
    const anchor = { contextElement: handle.view.dom, getBoundingClientRect: () => caretRect(handle) };
    return autoUpdate(anchor, box, async () => {
      const fit = size({
        padding: 8,
        apply: ({ availableHeight }) => {
          box.style.maxBlockSize = `${Math.min(340, availableHeight)}px`;
        },
      });
      const middleware = [offset(6), flip({ padding: 8 }), shift({ padding: 8 }), fit];
      const { x, y } = await computePosition(anchor, box, { placement: "bottom-start", strategy: "fixed", middleware });
      Object.assign(box.style, { left: `${x}px`, top: `${y}px` });
    });
  }, [from, handle]);

  const chosen = menu?.choices[menu.chosen]?.id;
  useEffect(() => {
    if (chosen) document.getElementById(`${LIST_ID}-${chosen}`)?.scrollIntoView({ block: "nearest" });
  }, [chosen]);

  return (
    <>
      <p role="status" className="sr-only">
        {menu ? count(menu.choices.length) : ""}
      </p>
      {menu ? (
        // Keys scroll it by choosing; the tab index is for those who scroll by other means. The focus stays in the text.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls.
        // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps the focus in the text.
        <div ref={place} className="menu slash-menu" tabIndex={0} onMouseDown={(event) => event.preventDefault()}>
          {menu.choices.length > 0 ? <Options menu={menu} handle={handle} /> : <p className="slash-none">No match</p>}
        </div>
      ) : null}
    </>
  );
}

function Options({ menu, handle }: { menu: Menu; handle: EditorHandle }) {
  const groups = [...new Set(menu.choices.map(({ group }) => group))];
  return (
    <div id={LIST_ID} role="listbox" aria-label="Insert">
      {groups.map((group) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is no child of a listbox.
        <div key={group} role="group" aria-label={group}>
          <p className="slash-group" aria-hidden="true">
            {group}
          </p>
          {menu.choices.map((choice, index) =>
            choice.group === group ? (
              <Option key={choice.id} choice={choice} index={index} menu={menu} handle={handle} />
            ) : null,
          )}
        </div>
      ))}
    </div>
  );
}

interface OptionProps {
  choice: Choice;
  index: number;
  menu: Menu;
  handle: EditorHandle;
}

function Option({ choice, index, menu, handle }: OptionProps) {
  const Icon = icons[choice.icon];
  const key = shortcuts.get(choice.title);
  const selected = index === menu.chosen;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard in the text, where the focus is.
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text.
    <div
      id={`${LIST_ID}-${choice.id}`}
      role="option"
      aria-selected={selected}
      className="menu-item"
      data-highlighted={selected ? "" : undefined}
      onMouseMove={() => choose(handle.view, index)}
      onClick={() => pick(handle.view, index)}
    >
      {Icon ? <Icon aria-hidden size={18} strokeWidth={1.75} /> : null}
      <span className="menu-item-title">{choice.title}</span>
      {key ? <kbd>{keyLabel(key, isMac())}</kbd> : null}
    </div>
  );
}

function count(choices: number): string {
  if (choices === 0) return "No match";
  return `${choices} ${choices === 1 ? "entry" : "entries"}. Arrow keys choose, Enter inserts, Escape closes.`;
}

function caretRect({ view }: EditorHandle): DOMRect {
  const from = Math.min(slashMenu(view.state)?.from ?? 0, view.state.doc.content.size);
  const { left, top, bottom } = view.coordsAtPos(from);
  return new DOMRect(left, top, 0, bottom - top);
}
