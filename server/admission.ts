// Who may connect to what, and with which rights. Gates (server/gates/) find out who asks and for which room; the rule
// for documents stands here, once for all of them.

import type { JWT } from "next-auth/jwt";
import type { ClientOptions, Member } from "#lib/messages.ts";
import { CLOSE, type CloseCode, LIMITS } from "#lib/protocol.ts";
import { isRoomType, roomTypeOf } from "#lib/room-types.ts";
import { type Access, accessTo, findDocument, mayEnter } from "./auth/access.ts";
import { findAccount } from "./auth/session.ts";

/** Who connects, to what, and with which rights. */
export interface Admission {
  room: string;
  /** Channel of the room's type. */
  channel: string;
  /** The document whose loss of access closes the connection; null if the room belongs to none. */
  documentId: string | null;
  member: Member;
  /** The session's version at login; an account with another one has signed this session out. */
  sessionVersion: number;
  options: ClientOptions;
  /** What the rule for documents said; the connection starts over when it says something else. Absent: never. */
  access?: Access;
  /** Number of the connection, never used again by this server. Absent: the next of a count. */
  connectionId?: number;
}

/** Why a client may not connect; sent as a close code, because browsers hide the status of a failed upgrade. */
export interface Refusal {
  code: CloseCode;
  reason: string;
  /** Id of the person, if it is known who they are, and what they asked for; for the log. */
  user?: string;
  room?: string;
}

export function refuse(code: CloseCode, reason: string, user?: string): Refusal {
  return user === undefined ? { code, reason } : { code, reason, user };
}

/** Why somebody who may come in may not come in once more. */
export const CROWD = `one person has at most ${LIMITS.connectionsPerPerson} connections`;

/** What the client asked for; it can only give up rights. */
export interface Wishes {
  readOnly: boolean;
  extended: boolean;
  framing: ClientOptions["framing"];
}

/**
 * The room `<prefix>.<documentId>` for whoever has this session: the prefix must be a room type, the person active staff, the document
 * there and open to them.
 */
export async function admitToDocument(
  claims: JWT | null,
  prefix: string,
  documentId: string,
  { readOnly, extended, framing }: Wishes,
): Promise<Admission | Refusal> {
  // Both at once, which makes them one statement: everybody who opens a document waits for it.
  const [user, row] = claims ? await Promise.all([findAccount(claims), findDocument(documentId)]) : [null, null];
  const room = `${prefix}.${documentId}`;
  const no = (code: CloseCode, reason: string): Refusal => ({ ...refuse(code, reason, user?.id), room });
  if (!user) return no(CLOSE.signedOut, "not signed in");
  if (!mayEnter(user)) return no(CLOSE.noAccess, "only active staff may enter");
  if (!isRoomType(prefix)) return no(CLOSE.noDocument, "no such kind of document");
  const { access, document } = accessTo(row, user);
  if (!document || document.isTrashed) return no(CLOSE.noDocument, "no such document");
  if (access === "none") return no(CLOSE.noAccess, "no access to this document");

  return {
    room,
    channel: roomTypeOf(room).channel,
    documentId,
    member: { id: user.id, name: user.name, color: user.color },
    sessionVersion: user.sessionVersion,
    access,
    options: { allowWrite: access === "write" && !readOnly, allowWriteAwareness: true, extended, framing },
  };
}
