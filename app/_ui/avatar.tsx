// A person as a coloured circle with initials; several of them overlap.
import type { Member } from "#lib/messages.ts";

const MOST = 5;

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return (
    letters
      .map((word) => [...(word ?? "")][0] ?? "")
      .join("")
      .toUpperCase() || "?"
  );
}

export function Avatar({ person, size = 28 }: { person: Pick<Member, "name" | "color">; size?: number }) {
  return (
    <span
      aria-hidden
      className="grid shrink-0 place-items-center rounded-full font-semibold select-none"
      style={{
        width: size,
        height: size,
        fontSize: size * 0.4,
        background: `var(--person-${person.color % 12})`,
        color: "var(--person-ink)",
      }}
    >
      {initials(person.name)}
    </span>
  );
}

/** Who is there now, as a list for screen readers and a row of circles for everybody else. */
export function Avatars({ people, label }: { people: Member[]; label: string }) {
  if (people.length === 0) return null;
  const names = people.map((person) => person.name).join(", ");
  return (
    <span className="flex items-center -space-x-1.5" title={`${label}: ${names}`}>
      <span className="sr-only">{`${label}: ${names}`}</span>
      {people.slice(0, MOST).map((person) => (
        <span key={person.id} className="rounded-full ring-2 ring-paper">
          <Avatar person={person} size={24} />
        </span>
      ))}
      {people.length > MOST ? <span className="ps-2.5 text-xs text-ink-3 tabular">+{people.length - MOST}</span> : null}
    </span>
  );
}
