// Who else is here: one avatar per person, five at most, then a number with a menu of the rest. A list with names for
// screen readers. Where the page can follow people, an avatar is the button for it.
"use client";

import { type ReactNode, useEffect, useState } from "react";
import type { Awareness } from "y-protocols/awareness";
import { othersPresent, type Present } from "#app/_collab/presence.ts";
import { useLocale, useTranslations } from "#app/_i18n/use-translations.tsx";
import { Avatar } from "#app/_ui/avatar.tsx";
import { Menu } from "#app/_ui/menu.tsx";
import { MenuItem } from "#app/_ui/menu-item.tsx";
import { Tooltip } from "#app/_ui/tooltip.tsx";
import type { Member } from "#lib/messages.ts";

const MOST = 5;

interface PresenceListProps {
  awareness: Awareness;
  selfId: string;
  follow?: { person: Member | null; toggle(person: Member): void };
}

export function PresenceList({ awareness, selfId, follow }: PresenceListProps) {
  const words = useTranslations("collab");
  const people = useOthers(awareness, selfId);
  const shown = people.length > MOST ? people.slice(0, MOST - 1) : people;
  const rest = people.slice(shown.length);
  if (people.length === 0) return null;
  return (
    <ul className="presence" aria-label={words("alsoHere")}>
      {shown.map((person) => (
        <Person key={person.id} person={person} follow={follow}>
          <Avatar person={person} size={26} />
        </Person>
      ))}
      {rest.length > 0 ? <Rest people={rest} follow={follow} /> : null}
    </ul>
  );
}

type Following = { follow: PresenceListProps["follow"] };

function Person({ person, follow, children }: { person: Present; children: ReactNode } & Following) {
  const words = useTranslations("collab");
  const label = useLabel()(person);
  const isFollowed = follow?.person?.id === person.id;
  const button = follow ? (
    <button
      type="button"
      className="presence-person"
      aria-label={words("followLabel", { person: label })}
      aria-pressed={isFollowed}
      onClick={() => follow.toggle(person)}
    >
      {children}
    </button>
  ) : (
    <button type="button" className="presence-person" aria-label={label}>
      {children}
    </button>
  );
  return (
    <li>
      <Tooltip content={follow ? words(isFollowed ? "clickToStop" : "clickToFollow", { person: label }) : label}>
        {button}
      </Tooltip>
    </li>
  );
}

function Rest({ people, follow }: { people: Present[] } & Following) {
  const words = useTranslations("collab");
  const labelOf = useLabel();
  const list = new Intl.ListFormat(useLocale(), { type: "unit" });
  const trigger = (
    <button type="button" className="presence-person" aria-label={list.format(people.map(labelOf))}>
      <span className="presence-rest">+{people.length}</span>
    </button>
  );
  return (
    <li>
      <Menu trigger={trigger}>
        {people.map((person) => (
          <MenuItem key={person.id} icon={<Avatar person={person} size={24} />} onSelect={() => follow?.toggle(person)}>
            {follow ? words("follow", { person: labelOf(person) }) : labelOf(person)}
          </MenuItem>
        ))}
      </Menu>
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

function useLabel(): (person: Present) => string {
  const words = useTranslations("collab");
  return ({ name, tabs }) => (tabs > 1 ? words("tabs", { name, tabs }) : name);
}
