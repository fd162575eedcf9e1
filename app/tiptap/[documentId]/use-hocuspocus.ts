// Opens a document with Hocuspocus' own provider for as long as a component shows it, and says in the words of our own
// provider how it is doing. TipTap and whatever else takes a HocuspocusProvider gets it from here.
"use client";

import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import { useEffect, useState } from "react";
import { LONGEST_PAUSE } from "#app/_collab/backoff.ts";
import { type CloseMessage, closeMessage } from "#app/_collab/close-messages.ts";
import type { SaveView } from "#app/_collab/save-state.ts";
import { mayRetry } from "#lib/protocol.ts";

export interface HocuspocusView {
  /** The server's state has arrived at least once. */
  ready: boolean;
  writable: boolean;
  save: SaveView;
  /** The server does not want this page any more. */
  refused: CloseMessage | null;
}

interface Facts {
  connected: boolean;
  synced: boolean;
  ready: boolean;
  pending: boolean;
  writable: boolean;
  refused: number | null;
}

const initial: Facts = {
  connected: false,
  synced: false,
  ready: false,
  pending: false,
  writable: false,
  refused: null,
};

/** The provider is null while the page is rendered on the server and for the first moment in the browser. */
export function useHocuspocus(documentId: string): { provider: HocuspocusProvider | null; view: HocuspocusView } {
  const [provider, setProvider] = useState<HocuspocusProvider | null>(null);
  const [facts, setFacts] = useState(initial);
  useEffect(() => {
    const note = (changes: Partial<Facts>) => setFacts((old) => ({ ...old, ...changes }));
    const refuse = (code: number) => {
      note({ refused: code, writable: false });
      socket.disconnect();
    };
    const socket = new HocuspocusProviderWebsocket({
      url: `${location.origin.replace(/^http/, "ws")}/ws/hocuspocus`,
      // Its own half a minute is long for somebody who looks at the page.
      maxDelay: LONGEST_PAUSE,
      onStatus: ({ status }) =>
        note(status === "connected" ? { connected: true } : { connected: false, synced: false }),
      // Here and not below: this one is told before the socket decides to connect again. What the server does not take
      // (too large, too fast) it would be sent again and again.
      onClose: ({ event }) => !mayRetry(event.code) && refuse(event.code),
    });
    const opened = new HocuspocusProvider({
      websocketProvider: socket,
      name: `tiptap.${documentId}`,
      // The login session is the authentication; the cookie travels by itself.
      token: "",
      onAuthenticated: ({ scope }) => note({ writable: scope === "read-write" }),
      onAuthenticationFailed: ({ reason }) => refuse(codeOf(reason)),
      // 1000 is a close of this document alone; any other is the socket's.
      onClose: ({ event }) => event.code === 1000 && /^4\d{3} /.test(event.reason) && refuse(codeOf(event.reason)),
      onSynced: ({ state }) => note(state ? { synced: true, ready: true } : { synced: false }),
      onUnsyncedChanges: ({ number }) => note({ pending: number > 0 }),
    });
    opened.attach();
    setProvider(opened);
    setFacts(initial);
    return () => {
      setProvider(null);
      opened.destroy();
      socket.destroy();
    };
  }, [documentId]);
  // There is no copy on the device. Before the text is here the provider counts a change, its greeting, that is none.
  const isOnlyHere = facts.ready && facts.pending;
  useEffect(() => {
    if (!isOnlyHere) return;
    const ask = (event: Event) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isOnlyHere]);
  return { provider, view: viewOf(facts) };
}

/** The server's reasons start with a close code of lib/protocol.ts. */
function codeOf(reason: string): number {
  return Number.parseInt(reason, 10) || 4400;
}

function viewOf({ connected, synced, ready, pending, writable, refused }: Facts): HocuspocusView {
  return {
    ready,
    writable: writable && refused === null,
    save: saveView(connected && synced, ready, pending),
    refused: refused === null ? null : closeMessage(refused, pending ? "only-here" : "saved"),
  };
}

/** This page keeps no copy on the device, so what was not sent is only on it. */
function saveView(connected: boolean, ready: boolean, pending: boolean): SaveView {
  if (connected && pending) return { label: "saving", tone: "quiet", announce: false, until: null };
  if (connected) return { label: "saved", tone: "quiet", announce: false, until: null };
  if (!ready) return { label: "connecting", tone: "quiet", announce: true, until: null };
  return pending
    ? { label: "not-saved", tone: "harm", announce: true, until: null }
    : { label: "offline", tone: "attention", announce: true, until: null };
}
