// Following a person: one's own view goes where their caret goes, until one does anything oneself. Who is followed hears
// nothing of it, and one's own caret stays where it is.
"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { Awareness } from "y-protocols/awareness";
import type { EditorHandle } from "#app/_editor/editor-handle.ts";
import { caretOf, clientsOf, movedClient } from "#app/_editor/follow/cursor-of.ts";
import { ACTIONS, howToScroll } from "#app/_editor/scroll-there.ts";
import { words } from "#app/_editor/words.ts";
import type { Member } from "#lib/messages.ts";

export interface Follow {
  person: Member | null;
  /** For screen readers. */
  said: string;
  /** Follows, or stops if that person is followed already. */
  toggle(person: Member): void;
}

/** px at the top that bars cover, and the parts of the window in which a caret is left alone and is put. */
const BARS = 130;
const LOWEST = 0.8;
const GOAL = 0.4;

export function useFollow(handle: EditorHandle | null, awareness: Awareness | null): Follow {
  const [person, setPerson] = useState<Member | null>(null);
  const [said, setSaid] = useState("");
  const followed = useRef<Member | null>(null);
  followed.current = person;

  const toggle = useCallback((next: Member) => {
    const isSame = followed.current?.id === next.id;
    setPerson(isSame ? null : next);
    setSaid(words(isSame ? "follow.stopped" : "follow.started", { name: next.name }));
  }, []);

  useEffect(() => {
    if (!person || !handle || !awareness) return;
    const stopWatching = watchCaret(handle, awareness, person.id, () => {
      setPerson(null);
      setSaid(words("follow.left", { name: person.name }));
    });
    const stopListening = onOwnAction(() => {
      setPerson(null);
      setSaid(words("follow.stopped", { name: person.name }));
    });
    return () => {
      stopWatching();
      stopListening();
    };
  }, [person, handle, awareness]);
  return { person, said, toggle };
}

function watchCaret(handle: EditorHandle, awareness: Awareness, id: string, onLeft: () => void): () => void {
  let client = movedClient(awareness, id, [], null);
  let frame = 0;
  const show = () => {
    frame = 0;
    if (client === null || handle.view.isDestroyed) return;
    const position = caretOf(handle.view.state, awareness, client);
    if (position !== null && bringIntoView(handle.view.coordsAtPos(position)) === "jumped") soon();
  };
  // Also after a change of the text: a caret may be told of before the words around it.
  const soon = () => {
    frame ||= requestAnimationFrame(show);
  };
  const onChange = ({ added, updated }: { added: number[]; updated: number[] }) => {
    if (clientsOf(awareness, id).length === 0) return onLeft();
    client = movedClient(awareness, id, [...added, ...updated], client);
    soon();
  };
  awareness.on("change", onChange);
  const unsubscribe = handle.subscribe(soon);
  soon();
  return () => {
    awareness.off("change", onChange);
    unsubscribe();
    cancelAnimationFrame(frame);
  };
}

/** "jumped": it may not be the place yet, because what came into view gets its own height (scroll-there.ts). */
function bringIntoView({ top, bottom }: { top: number; bottom: number }): "jumped" | "gliding" | "there" {
  if (top >= BARS && bottom <= window.innerHeight * LOWEST) return "there";
  const before = window.scrollY;
  const behavior = howToScroll(top);
  window.scrollTo({ top: before + top - window.innerHeight * GOAL, behavior });
  if (behavior === "smooth") return "gliding";
  return window.scrollY === before ? "there" : "jumped";
}

/** Pressed alone they do nothing; with Control a screen reader is silenced. */
const SILENT = new Set(["Shift", "Control", "Alt", "AltGraph", "Meta"]);

function onOwnAction(stop: () => void): () => void {
  const listener = (event: Event) => {
    const isKey = event instanceof KeyboardEvent;
    if (isKey && SILENT.has(event.key)) return;
    // The avatars do their own: a press on the one that is followed must not follow it again.
    const onAvatar = event.target instanceof Element && event.target.closest(".presence");
    if (onAvatar && (isKey ? event.key === "Enter" || event.key === " " : event.type !== "wheel")) return;
    if (isKey && event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
    }
    stop();
  };
  for (const action of ACTIONS) {
    window.addEventListener(action, listener, { capture: true, passive: action !== "keydown" });
  }
  return () => {
    for (const action of ACTIONS) window.removeEventListener(action, listener, { capture: true });
  };
}
