// TipTap on the document of a HocuspocusProvider: its starter kit, shared text, the others' carets.
"use client";

import type { HocuspocusProvider } from "@hocuspocus/provider";
import { getSchema } from "@tiptap/core";
import { Collaboration } from "@tiptap/extension-collaboration";
import { CollaborationCaret } from "@tiptap/extension-collaboration-caret";
import { EditorContent, useEditor } from "@tiptap/react";
import { StarterKit } from "@tiptap/starter-kit";
import { useEffect } from "react";
import { stampedUser } from "#app/_collab/presence.ts";
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import type { Member } from "#lib/messages.ts";

// Undo is per person, and comes with the shared text.
const kit = StarterKit.configure({ undoRedo: false });
/** All of them, as in app/_editor/plugins/list.ts: what undo takes away must not hold somebody else's words. */
const protectedNodes = new Set(Object.keys(getSchema([kit]).nodes));

interface TiptapEditorProps {
  provider: HocuspocusProvider;
  user: Member;
  editable: boolean;
}

export function TiptapEditor({ provider, user, editable }: TiptapEditorProps) {
  const words = useTranslations("tiptap");
  const editor = useEditor(
    {
      immediatelyRender: false,
      injectCSS: false,
      editable,
      extensions: [
        kit,
        Collaboration.configure({ document: provider.document, yUndoOptions: { protectedNodes } }),
        CollaborationCaret.configure({ provider, user: { name: user.name }, render: renderCaret, selectionRender }),
      ],
      editorProps: {
        attributes: { role: "textbox", "aria-multiline": "true", "aria-label": words("text"), class: "prose" },
      },
    },
    [provider],
  );
  useEffect(() => {
    // Without a say in whether that counts as an update: it is none.
    editor?.setEditable(editable, false);
  }, [editor, editable]);
  return <EditorContent editor={editor} className="editor" />;
}

/** The server stamps who somebody is; before it did, there is no name to show. */
function renderCaret(stamp: Record<string, unknown>): HTMLElement {
  const person = stampedUser({ user: stamp });
  const caret = document.createElement("span");
  caret.className = "remote-caret";
  caret.style.setProperty("--person", `var(--person-${person?.color ?? 0})`);
  const name = document.createElement("bdi");
  name.className = "remote-caret-name";
  name.textContent = person?.name ?? "";
  caret.append("\u2060", name, "\u2060");
  return caret;
}

function selectionRender(stamp: Record<string, unknown>) {
  const color = stampedUser({ user: stamp })?.color ?? 0;
  return { nodeName: "span", class: "remote-selection", style: `--person: var(--person-${color})` };
}
