// A menu at the caret on the screen, as a listbox. The focus stays in the text, which names the chosen option; what
// it does is suggestions.ts.
"use client";

import { flip, offset, shift, size } from "@floating-ui/dom";
import { useEffect, useRef } from "react";
import type { EditorHandle } from "#app/_editor/editor-handle.ts";
import { keyLabel } from "#app/_editor/key-label.ts";
import type { Choice } from "#app/_editor/menus/source.ts";
import { choose, type SuggestionMenu as Menu, pick, suggestionMenu } from "#app/_editor/menus/suggestions.ts";
import { placeAt } from "#app/_editor/place-at.ts";
import { isMac } from "#app/_editor/platform.ts";
import { icons } from "#app/_editor/toolbar/icons.ts";
import { useEditorValue } from "#app/_editor/use-editor-value.ts";
import { words } from "#app/_editor/words.ts";
import "#app/_editor/styles/suggestion-menu.css";

export function SuggestionMenu({ handle }: { handle: EditorHandle }) {
  const menu = useEditorValue(handle, suggestionMenu);
  const place = useRef<HTMLDivElement>(null);
  const from = menu?.from ?? null;

  useEffect(() => {
    if (from === null || !place.current) return;
    const box = place.current;
    const anchor = { contextElement: handle.view.dom, getBoundingClientRect: () => caretRect(handle) };
    const fit = size({
      padding: 8,
      apply: ({ availableHeight }) => {
        box.style.maxBlockSize = `${Math.min(340, availableHeight)}px`;
      },
    });
    const middleware = [offset(6), flip({ padding: 8 }), shift({ padding: 8 }), fit];
    return placeAt(box, anchor, { placement: "bottom-start", middleware });
  }, [from, handle]);

  const list = menu?.source.id;
  const chosen = menu?.choices[menu.chosen]?.id;
  useEffect(() => {
    if (list && chosen) document.getElementById(`${list}-${chosen}`)?.scrollIntoView({ block: "nearest" });
  }, [list, chosen]);

  return (
    <>
      <p role="status" className="sr-only">
        {menu && !menu.waiting ? count(menu.choices.length) : ""}
      </p>
      {menu ? (
        // Keys scroll it by choosing; the tab index is for those who scroll by other means. The focus stays in the text.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls.
        // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps the focus in the text.
        <div ref={place} className="menu suggestion-menu" tabIndex={0} onMouseDown={(event) => event.preventDefault()}>
          {menu.choices.length > 0 ? (
            <Options menu={menu} handle={handle} />
          ) : (
            <p className="suggestion-none">{words(menu.waiting ? "menu.looking" : "menu.none")}</p>
          )}
        </div>
      ) : null}
    </>
  );
}

function Options({ menu, handle }: { menu: Menu; handle: EditorHandle }) {
  const groups = [...new Set(menu.choices.map(({ group }) => group))];
  return (
    <div id={menu.source.id} role="listbox" aria-label={menu.source.label()}>
      {groups.map((group) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is no child of a listbox.
        <div key={group} role="group" aria-label={group}>
          <p className="suggestion-group" aria-hidden="true">
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
  const Icon = choice.icon ? icons[choice.icon] : undefined;
  const key = choice.shortcut;
  const selected = index === menu.chosen;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard in the text, where the focus is.
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text.
    <div
      id={`${menu.source.id}-${choice.id}`}
      role="option"
      aria-selected={selected}
      className="menu-item"
      data-highlighted={selected ? "" : undefined}
      onMouseMove={() => choose(handle.view, index)}
      onClick={() => pick(handle.view, index)}
    >
      {Icon ? <Icon aria-hidden size={18} strokeWidth={1.75} /> : null}
      {choice.sign ? <span aria-hidden>{choice.sign}</span> : null}
      <span className="menu-item-title">
        <bdi>{choice.title}</bdi>
      </span>
      {choice.detail ? <kbd>{choice.detail}</kbd> : null}
      {key ? <kbd>{keyLabel(key, isMac())}</kbd> : null}
    </div>
  );
}

function count(choices: number): string {
  return choices === 0 ? words("menu.none") : words("menu.count", { count: choices });
}

function caretRect({ view }: EditorHandle): DOMRect {
  const from = Math.min(suggestionMenu(view.state)?.from ?? 0, view.state.doc.content.size);
  const { left, top, bottom } = view.coordsAtPos(from);
  return new DOMRect(left, top, 0, bottom - top);
}
