// What the command palette can do besides opening documents: how an action is described, and which of them a query means.
import type { LucideIcon } from "lucide-react";

export interface PaletteAction {
  id: string;
  title: string;
  Icon: LucideIcon;
  /** Other words by which it is found, with spaces between. */
  synonyms?: string;
  /** The shortcut that does the same, as people of this platform read it. */
  keys?: string | undefined;
  run(): void;
}

/** Those whose title or synonyms have a word for each word of the query; all for none. */
export function matchingActions<T extends Pick<PaletteAction, "title" | "synonyms">>(
  actions: readonly T[],
  query: string,
): T[] {
  const wanted = words(query);
  return actions.filter((action) => {
    const known = words(`${action.title} ${action.synonyms ?? ""}`);
    return wanted.every((word) => known.some((other) => other.startsWith(word)));
  });
}

function words(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
}
