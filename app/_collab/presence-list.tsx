// Who else is here: one avatar per person, five at most, then a number. A list with names for screen readers.
"use client";

import { Tooltip } from "@base-ui/react/tooltip";
import { type ReactNode, useEffect, useState } from "react";
import type { Awareness } from "y-protocols/awareness";
import { othersPresent, type Present } from "#app/_collab/presence.ts";

const MOST = 5;

export function PresenceList({ awareness, selfId }: { awareness: Awareness; selfId: string }) {
  const people = useOthers(awareness, selfId);
  const shown = people.length > MOST ? people.slice(0, MOST - 1) : people;
  const rest = people.slice(shown.length);
  if (people.length === 0) return null;
  return (
    <Tooltip.Provider delay={350}>
      <ul className="presence" aria-label="Also here">
        {shown.map((person) => (
          <Avatar key={person.id} label={labelOf(person)} color={`var(--person-${person.color})`}>
            {initials(person.name)}
          </Avatar>
        ))}
        {rest.length > 0 ? (
          <Avatar label={rest.map(labelOf).join(", ")} color="var(--color-ink-2)">
            +{rest.length}
          </Avatar>
        ) : null}
      </ul>
    </Tooltip.Provider>
  );
}

function Avatar({ label, color, children }: { label: string; color: string; children: ReactNode }) {
  return (
    <li>
      <Tooltip.Root>
        <Tooltip.Trigger
          render={<button type="button" className="presence-avatar" aria-label={label} style={{ background: color }} />}
        >
          <span aria-hidden>{children}</span>
        </Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Positioner sideOffset={6} className="tooltip-layer">
            <Tooltip.Popup className="tooltip">{label}</Tooltip.Popup>
          </Tooltip.Positioner>
        </Tooltip.Portal>
      </Tooltip.Root>
    </li>
  );
}

function useOthers(awareness: Awareness, selfId: string): Present[] {
  const [people, setPeople] = useState<Present[]>([]);
  useEffect(() => {
    const look = () => {
      const next = othersPresent(awareness.getStates().values(), selfId);
      // Cursor moves change the states, but rarely who is here.
      setPeople((old) => (JSON.stringify(old) === JSON.stringify(next) ? old : next));
    };
    look();
    awareness.on("change", look);
    return () => awareness.off("change", look);
  }, [awareness, selfId]);
  return people;
}

function labelOf({ name, tabs }: Present): string {
  return tabs > 1 ? `${name} (${tabs} tabs)` : name;
}

/** "Ana" is A, "Ana Maria Lopez" is AL. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.map((word) => [...(word ?? "")][0]?.toUpperCase() ?? "").join("");
}
