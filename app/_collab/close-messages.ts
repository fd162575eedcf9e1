// Why the server has closed the connection for good, and what can be done about it: one entry per close code of
// lib/protocol.ts after which the client stops. The sentences are collab.closed in app/_i18n/messages/.
import { CLOSE } from "#lib/protocol.ts";

export type CloseAction = "sign-in" | "reload" | "retry" | "documents";

export type TextSafety = "saved" | "kept" | "only-here";

const actions = {
  protocolViolation: "reload",
  signedOut: "sign-in",
  noAccess: "documents",
  noDocument: "documents",
  editorTooOld: "reload",
  closedByAdmin: "retry",
  tooLarge: "reload",
  tooFast: "retry",
} satisfies Partial<Record<keyof typeof CLOSE, CloseAction>>;

export type CloseReason = keyof typeof actions;

export interface CloseMessage {
  /** "other" is a code of a newer server. */
  reason: CloseReason | "other";
  safety: TextSafety;
  action: CloseAction;
}

/** What WebSockets themselves say of a frame that is so large that it is not even read. */
const TOO_BIG = 1009;

export function closeMessage(given: number, safety: TextSafety): CloseMessage {
  const code = given === TOO_BIG ? CLOSE.tooLarge : given;
  const reason = (Object.keys(actions) as CloseReason[]).find((name) => CLOSE[name] === code);
  return reason ? { reason, safety, action: actions[reason] } : { reason: "other", safety, action: "reload" };
}
