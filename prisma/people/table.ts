// People as an operator reads them on a terminal.
import type { Person } from "#prisma/people/accounts.ts";

/** "staff, admin"; whoever has neither may not enter. */
export function rightsOf({ isStaff, isAdmin }: Pick<Person, "isStaff" | "isAdmin">): string {
  return [isStaff ? "staff" : "", isAdmin ? "admin" : ""].filter((right) => right !== "").join(", ") || "none";
}

/** One line each, in columns, under a line of headings. */
export function tableOf(people: Person[]): string {
  const rows = people.map((person) => {
    const state = person.isActive ? "active" : "not active";
    return [person.email, person.name, rightsOf(person), state, person.createdAt.toISOString().slice(0, 10)].map(plain);
  });
  const lines = [["E-MAIL", "NAME", "RIGHTS", "STATE", "SINCE"], ...rows];
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => lengthOf(line[column]))));
  const pad = (cell: string, column: number) => cell + " ".repeat((widths[column] ?? 0) - lengthOf(cell));
  return lines.map((line) => line.map(pad).join("  ").trimEnd()).join("\n");
}

function lengthOf(cell = ""): number {
  return [...cell].length;
}

/** A name that was written by other means than this program must not steer the terminal. */
function plain(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, "?");
}
