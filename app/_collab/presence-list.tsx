// Who else is here: one avatar per person, five at most, then a number. A list with names for screen readers.
"use client";

import { Tooltip } from "@base-ui/react/tooltip";
import { type ReactNode, useEffect, useState } from "react";
import type { Awareness } from "y-protocols/awareness";
import { othersPresent, type Present } from "#app/_collab/presence.ts";
import { Avatar } from "#app/_ui/avatar.tsx";

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
          <Named key={person.id} label={labelOf(person)}>
            <Avatar person={person} size={26} />
          </Named>
        ))}
        {rest.length > 0 ? (
          <Named label={rest.map(labelOf).join(", ")}>
            <span className="presence-rest">+{rest.length}</span>
          </Named>
        ) : null}
      </ul>
    </Tooltip.Provider>
  );
}

function Named({ label, children }: { label: string; children: ReactNode }) {
  return (
    <li>
      <Tooltip.Root>
        <Tooltip.Trigger render={<button type="button" className="presence-person" aria-label={label} />}>
          {children}
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
