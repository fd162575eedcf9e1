// All plugins of the editor, in the order in which they see events.
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { inputRules } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { search } from "prosemirror-search";
import type { Plugin } from "prosemirror-state";
import { ySyncPlugin, yUndoPlugin } from "y-prosemirror";
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import { blocks } from "#app/_editor/blocks/index.ts";
import { highlight } from "#app/_editor/code/highlight.ts";
import { bindings, keyTable, type PageActions } from "#app/_editor/keys.ts";
import { suggestions } from "#app/_editor/menus/suggestions.ts";
import { inTwoSteps } from "#app/_editor/paste/in-two-steps.ts";
import { clickBelow } from "#app/_editor/plugins/click-below.ts";
import { cursors } from "#app/_editor/plugins/cursors.ts";
import { leaveByTab } from "#app/_editor/plugins/leave-by-tab.ts";
import { links } from "#app/_editor/plugins/links.ts";
import { nearCaret } from "#app/_editor/plugins/near-caret.ts";
import { noForeignTypes } from "#app/_editor/plugins/no-foreign-types.ts";
import { ownCaret } from "#app/_editor/plugins/own-caret.ts";
import { paste } from "#app/_editor/plugins/paste.ts";
import { placeholder } from "#app/_editor/plugins/placeholder.ts";
import { readOnly } from "#app/_editor/plugins/read-only.ts";
import { reveal } from "#app/_editor/plugins/reveal.ts";
import { selectionFirst } from "#app/_editor/plugins/selection-first.ts";
import { schema } from "#app/_editor/schema.ts";
import { caretInside } from "#app/_editor/source/caret-inside.ts";
import { tables } from "#app/_editor/table/plugin.ts";
import { uploads } from "#app/_editor/upload/uploads.ts";
import { words } from "#app/_editor/words.ts";

/** Undo is Yjs': it takes back one's own changes only. There is no other history beside it. */
export function createPlugins(fragment: Y.XmlFragment, awareness: Awareness, page: PageActions): Plugin[] {
  return [
    selectionFirst(fragment.doc),
    noForeignTypes(fragment),
    ySyncPlugin(fragment),
    ownCaret(),
    // Undo of a new block takes the block away, with all that is in it. Protected ones stay while something is: the words
    // of others. Left to itself, the plugin protects paragraphs alone.
    yUndoPlugin({ protectedNodes: new Set(Object.keys(schema.nodes)) }),
    cursors(awareness),
    nearCaret(),
    links(),
    highlight(),
    caretInside(),
    suggestions(),
    reveal(),
    readOnly(),
    uploads(page.sendFile),
    paste(),
    inputRules({ rules: blocks.flatMap((block) => block.inputRules?.(schema) ?? []) }),
    keymap(bindings(keyTable(schema, page))),
    placeholder(words("text.placeholder")),
    ...tables(),
    inTwoSteps(),
    dropCursor({ class: "drop-cursor", color: false, width: 2 }),
    gapCursor(),
    clickBelow(),
    search(),
    leaveByTab(),
  ];
}
