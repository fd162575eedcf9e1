// How a room says no to everything: nothing of these messages is kept; their senders still have it.
import { CLOSE, type CloseCode } from "#lib/protocol.ts";
import { type Audience, address } from "./audience.ts";
import { refusal } from "./document-api.ts";
import type { Item, RoomHost } from "./room-host.ts";

export interface Refusal {
  /** For connections. */
  code: CloseCode;
  reason: string;
  /** For requests. */
  error: string;
}

export const UNREADABLE: Refusal = {
  code: CLOSE.cannotLoad,
  reason: "what is stored of this document cannot be read",
  error: "unreadable",
};

export const FAILED: Refusal = { code: CLOSE.restart, reason: "the room failed over this", error: "failed" };

export const TOO_HEAVY: Refusal = { code: CLOSE.tooLarge, reason: "this takes the room too long", error: "too-large" };

export const DELETED: Refusal = {
  code: CLOSE.noDocument,
  reason: "the document was deleted",
  error: "data-unavailable",
};

export function refuse(items: Item[], why: Refusal, audience: Audience, { deliver }: RoomHost): void {
  for (const { message, server, release } of items) {
    if (message.type === "connect" || message.type === "receive") {
      audience.close(address(server, message.connection), why.code, why.reason);
    } else if (message.type === "request") {
      deliver(server, { type: "response", request: message.request, ...refusal(why.error) });
    }
    release();
  }
}
