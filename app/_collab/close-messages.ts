// What the page says when the server has closed the connection for good: what happened, what happens to the text,
// what to do. One entry per close code of lib/protocol.ts after which the client stops.
import { CLOSE } from "#lib/protocol.ts";

export type CloseAction = "sign-in" | "reload" | "retry" | "documents";

export interface CloseMessage {
  title: string;
  text: string;
  action: CloseAction;
}

export type TextSafety = "saved" | "kept" | "only-here";

const entries: Record<number, { title: string; todo: string; action: CloseAction }> = {
  [CLOSE.protocolViolation]: {
    title: "The connection was closed because of an error in this page.",
    todo: "Reload the page to go on.",
    action: "reload",
  },
  [CLOSE.signedOut]: {
    title: "You are signed out.",
    todo: "Sign in again to go on.",
    action: "sign-in",
  },
  [CLOSE.noAccess]: {
    title: "You can no longer open this document.",
    todo: "Ask an administrator if this is a mistake.",
    action: "documents",
  },
  [CLOSE.noDocument]: {
    title: "This document is not there any more.",
    todo: "Somebody moved it to the trash or deleted it. It can be restored from the trash.",
    action: "documents",
  },
  [CLOSE.editorTooOld]: {
    title: "There is a newer version of the editor.",
    todo: "Reload the page to get it.",
    action: "reload",
  },
  [CLOSE.closedByAdmin]: {
    title: "An administrator closed this connection.",
    todo: "You can still open the document: connect again when you are ready.",
    action: "retry",
  },
  [CLOSE.tooLarge]: {
    title: "This change, or this document, is too large.",
    todo: "Copy what is missing into a new document, in smaller parts.",
    action: "reload",
  },
  [CLOSE.tooFast]: {
    title: "This page sent more changes at once than the server takes.",
    todo: "Wait a moment, then connect again.",
    action: "retry",
  },
};

const safety: Record<TextSafety, string> = {
  saved: "Everything you wrote is saved.",
  kept: "Your last changes were not sent; they are kept on this device.",
  "only-here": "Your last changes were not sent and are only on this page: copy them before you leave it.",
};

/** Any other code between 4400 and 4499 gets a general message. */
export function closeMessage(code: number, text: TextSafety): CloseMessage {
  const entry = entries[code] ?? {
    title: "The server closed the connection.",
    todo: "Reload the page to go on.",
    action: "reload" as const,
  };
  return { title: entry.title, text: `${safety[text]} ${entry.todo}`, action: entry.action };
}
