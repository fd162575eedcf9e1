// "@": people and documents, as chips. The server says who and what there is.
import type { Node } from "prosemirror-model";
import type { EditorView } from "prosemirror-view";
import { nodeOf } from "#app/_editor/commands/lookup.ts";
import type { Choice, Source } from "#app/_editor/menus/source.ts";
import { words } from "#app/_editor/words.ts";

type Person = Record<"id" | "name" | "email", string>;
type Found = Record<"id" | "title", string>;

const MOST = 6;

export const mentionsSource: Source = {
  id: "mention-menu",
  label: () => words("menu.mentions"),
  pattern: /(?:^|[\s(])@((?:[^\s@\ufffc][^@\ufffc]{0,30})?)$/,
  least: 0,
  async find(query) {
    const asked = `q=${encodeURIComponent(query.trim())}&limit=${MOST}`;
    const [{ people }, { documents }] = await Promise.all([
      ask<{ people: Person[] }>(`/api/people?${asked}`),
      ask<{ documents: Found[] }>(`/api/documents?${asked}`),
    ]);
    return [
      ...people.map(
        ({ id, name, email }): Choice => ({
          id: `person-${id}`,
          title: name,
          detail: email,
          icon: "mention",
          group: words("menu.people"),
          pick: (view) => insertChip(view, nodeOf(view.state.schema, "mention").create({ user: id, name })),
        }),
      ),
      ...documents.map(({ id, title }): Choice => {
        const shown = title || words("menu.untitled");
        return {
          id: `document-${id}`,
          title: shown,
          icon: "document-link",
          group: words("menu.documents"),
          pick: (view) =>
            insertChip(view, nodeOf(view.state.schema, "document_link").create({ document: id, title: shown })),
        };
      }),
    ];
  },
};

/** What our own server answers is believed. */
async function ask<T>(path: string): Promise<T> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return (await response.json()) as T;
}

/** With a space behind it, to go on writing. */
function insertChip(view: EditorView, chip: Node): void {
  const { from } = view.state.selection;
  view.dispatch(view.state.tr.insert(from, [chip, view.state.schema.text(" ")]).setMeta("intention", true));
}
