// Decides about a WebSocket upgrade: path -> room, cookie -> person, origin and access -> an admission or a refusal.
// To authenticate otherwise, to derive the room from something else or to give other rights, change `admit`.
import type { IncomingMessage } from "node:http";
import { CLOSE, type CloseCode, SCHEMA_VERSION } from "#lib/protocol.ts";
import { documentRoom, roomTypeOf } from "#lib/room-types.ts";
import { documentAccess, mayEnter } from "./auth/access.ts";
import { readSession } from "./auth/session.ts";
import type { Admission } from "./consumer.ts";

/** Why a client may not connect; sent as a close code, because browsers hide the status of a failed upgrade. */
export interface Refusal {
  code: CloseCode;
  reason: string;
}

const PATH = /^\/ws\/prosemirror\/([\w-]{1,64})$/;

function refusal(code: CloseCode, reason: string): Refusal {
  return { code, reason };
}

/**
 * `/ws/prosemirror/<documentId>`, with `readonly=1` for a reader, `yroom=1` for SAVED and NOTICE frames and
 * `schema=<n>` for the editor's schema version.
 */
export async function admit(request: IncomingMessage, allowedOrigins: string[]): Promise<Admission | Refusal> {
  const url = new URL(request.url ?? "/", "http://localhost");
  if (!isAllowedOrigin(request, allowedOrigins)) return refusal(CLOSE.noAccess, "this origin may not connect");
  const documentId = PATH.exec(url.pathname)?.[1];
  if (!documentId) return refusal(CLOSE.noDocument, "no such document");
  const schema = url.searchParams.get("schema");
  if (schema !== null && Number(schema) !== SCHEMA_VERSION) {
    return refusal(CLOSE.editorTooOld, `this server's editor has schema version ${SCHEMA_VERSION}`);
  }

  const user = await readSession(request);
  if (!user) return refusal(CLOSE.signedOut, "not signed in");
  if (!mayEnter(user)) return refusal(CLOSE.noAccess, "only active staff may enter");
  const { access, document } = await documentAccess(user, documentId);
  if (!document || document.trashedAt) return refusal(CLOSE.noDocument, "no such document");
  if (access === "none") return refusal(CLOSE.noAccess, "no access to this document");

  const room = documentRoom(documentId);
  const allowWrite = access === "write" && url.searchParams.get("readonly") !== "1";
  return {
    room,
    channel: roomTypeOf(room).channel,
    documentId,
    member: { id: user.id, name: user.name, color: user.color },
    sessionVersion: user.sessionVersion,
    options: { allowWrite, allowWriteAwareness: true, extended: url.searchParams.get("yroom") === "1" },
  };
}

/**
 * A browser always says where a page comes from; another site's page must not use the visitor's cookie. No origin
 * means no browser, so there is no cookie that was not meant.
 */
export function isAllowedOrigin(request: Pick<IncomingMessage, "headers">, allowedOrigins: string[]): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  if (allowedOrigins.includes(origin)) return true;
  return URL.canParse(origin) && host !== undefined && new URL(origin).host === host.toLowerCase();
}
