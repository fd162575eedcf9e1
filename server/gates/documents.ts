// `/ws/<room type>/<documentId>`: documents for clients of y-websocket's kind, our editor among them. To authenticate
// otherwise, to derive the room from something else or to give other rights, change `admit`.
import type { IncomingMessage } from "node:http";
import { CLOSE, SCHEMA_VERSION } from "#lib/protocol.ts";
import { admitToDocument, refuse } from "../admission.ts";
import { readClaims } from "../auth/session.ts";
import { createYWebsocketGate } from "./y-websocket.ts";

/**
 * With `readonly=1` for a reader, `yroom=1` for SAVED and NOTICE frames and `schema=<n>` for the version of the
 * editor's schema.
 */
export const documents = createYWebsocketGate({
  path: /^\/ws\/(?<type>[\w-]{1,64})\/(?<documentId>[\w-]{1,64})$/,
  admit: async (request: IncomingMessage, url, { type = "", documentId = "" }) => {
    const schema = url.searchParams.get("schema");
    if (schema !== null && Number(schema) !== SCHEMA_VERSION) {
      return refuse(CLOSE.editorTooOld, `this server's editor has schema version ${SCHEMA_VERSION}`);
    }
    return admitToDocument(await readClaims(request), type, documentId, {
      readOnly: url.searchParams.get("readonly") === "1",
      extended: url.searchParams.get("yroom") === "1",
      framing: "y-websocket",
    });
  },
});
