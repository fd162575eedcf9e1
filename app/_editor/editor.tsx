// The editor on the page: mounts one ProseMirror view for a document and takes it away again. Everything it shows
// comes from Yjs; it must only be rendered once the document is there.
"use client";

import { useEffect, useRef } from "react";
import type { Collaboration } from "#app/_collab/collaboration.ts";
import { EditorHandle } from "#app/_editor/editor-handle.ts";
import type { PageActions } from "#app/_editor/keys.ts";
import "#app/_editor/styles/code.css";
import "#app/_editor/styles/source.css";

interface EditorProps {
  collaboration: Collaboration;
  editable: boolean;
  page: PageActions;
  onHandle(handle: EditorHandle | null): void;
}

export function Editor({ collaboration, editable, page, onHandle }: EditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const handle = useRef<EditorHandle | null>(null);
  const latest = useRef({ editable, page, onHandle });
  latest.current = { editable, page, onHandle };

  useEffect(() => {
    if (!place.current) return;
    const mounted = new EditorHandle({
      place: place.current,
      doc: collaboration.doc,
      awareness: collaboration.awareness,
      editable: () => latest.current.editable,
      page: {
        showHelp: () => latest.current.page.showHelp(),
        showSaveState: () => latest.current.page.showSaveState(),
        enterToolbar: () => latest.current.page.enterToolbar(),
        find: (field) => latest.current.page.find(field),
        sendFile: (file, options) => latest.current.page.sendFile(file, options),
        goToOutline: () => latest.current.page.goToOutline(),
        showCommands: () => latest.current.page.showCommands(),
      },
    });
    handle.current = mounted;
    latest.current.onHandle(mounted);
    return () => {
      handle.current = null;
      latest.current.onHandle(null);
      mounted.destroy();
    };
  }, [collaboration]);

  useEffect(() => {
    const view = handle.current?.view;
    if (view && view.editable !== editable) view.setProps({ editable: () => latest.current.editable });
    view?.dom.setAttribute("aria-readonly", String(!editable));
  }, [editable]);

  return <div ref={place} className="editor" />;
}
