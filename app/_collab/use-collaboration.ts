// Opens a document for as long as a component shows it.
"use client";

import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Collaboration, type CollaborationView } from "#app/_collab/collaboration.ts";
import type { Notice } from "#lib/messages.ts";

const closed: CollaborationView = {
  save: { label: "connecting", tone: "quiet", announce: false, until: null },
  ready: false,
  editable: false,
  refused: null,
  stalled: null,
};

/** The collaboration is null while the page is rendered on the server and for the first moment in the browser. */
export function useCollaboration(
  documentId: string,
  userId: string,
  onNotice: (notice: Notice) => void,
): { collaboration: Collaboration | null; view: CollaborationView } {
  const [collaboration, setCollaboration] = useState<Collaboration | null>(null);
  const latest = useRef(onNotice);
  latest.current = onNotice;
  useEffect(() => {
    const opened = new Collaboration({ documentId, userId, onNotice: (notice) => latest.current(notice) });
    setCollaboration(opened);
    return () => {
      setCollaboration(null);
      opened.destroy();
    };
  }, [documentId, userId]);
  const view = useSyncExternalStore(
    collaboration?.subscribe ?? noSubscription,
    collaboration?.getView ?? closedView,
    closedView,
  );
  return { collaboration, view };
}

const noSubscription = () => () => {};
const closedView = () => closed;
