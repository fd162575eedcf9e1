// `/ws/hocuspocus`: clients with a HocuspocusProvider (TipTap and others). Many documents share one socket, each named
// `<room type>.<documentId>` and authenticated by itself.
import type { IncomingMessage } from "node:http";
import { CLOSE, LIMITS } from "#lib/protocol.ts";
import { type Admission, admitToDocument, type Refusal, refuse } from "../admission.ts";
import { readClaims, readTokenClaims } from "../auth/session.ts";
import type { ClientSocket } from "../client-socket.ts";
import { Anteroom } from "../hocuspocus/anteroom.ts";
import { DocumentLine, type DocumentLineHost } from "../hocuspocus/document-line.ts";
import { decodeClientFrame, PING, PONG } from "../hocuspocus/frames.ts";
import { encodeWebSocketFrames } from "../outgoing.ts";
import type { Gate, GateContext } from "./gate.ts";

const PATH = "/ws/hocuspocus";
/** The name of a document; a client may put a session id of its own behind it. */
const ADDRESS = /^(?<type>[\w-]{1,64})\.(?<documentId>[\w-]{1,64})(?:\0[^\0]{0,64})?$/;
/** ms between two pings; without any message for 30 s the provider starts over. */
const PING_INTERVAL = 12_000;

export interface HocuspocusGateOptions {
  path: string;
  /** Authenticates the client for the document of `address`, by its cookie or by the token that it sent. */
  admit(request: IncomingMessage, url: URL, address: string, token: string): Promise<Admission | Refusal>;
  /** A stateless message of a client. The default passes it over. */
  onStateless?: DocumentLineHost["onStateless"];
}

export function createHocuspocusGate({ path, admit, onStateless = () => {} }: HocuspocusGateOptions): Gate {
  return {
    matches: (pathname) => pathname === path,
    admit: async (request, url) => (socket, context) => {
      const tryToAdmit = async (address: string, token: string): Promise<Admission | Refusal> => {
        try {
          return await admit(request, url, address, token);
        } catch (error) {
          context.log.error({ err: error, room: address.split("\0")[0] }, "cannot check who connects");
          socket.close(CLOSE.unavailable, "the database cannot be reached");
          return refuse(CLOSE.unavailable, "the database cannot be reached");
        }
      };
      enter(socket, context, { admit: tryToAdmit, onStateless });
    },
  };
}

function enter(
  socket: ClientSocket,
  { consumers, log }: GateContext,
  { admit, onStateless }: Pick<DocumentLineHost, "admit" | "onStateless">,
): void {
  const lines = new Map<string, DocumentLine>();
  const anteroom = new Anteroom();
  const lineOf = (address: string): DocumentLine | null => {
    const known = lines.get(address);
    if (known) return known;
    if (lines.size >= LIMITS.documentsPerSocket) return null;
    const onEnd = () => void lines.delete(address);
    const onOpen = () => clearTimeout(patience);
    const line = new DocumentLine(address, { socket, consumers, log, anteroom, admit, onStateless, onOpen, onEnd });
    lines.set(address, line);
    return line;
  };
  /** One that is open says who the client is. */
  const openLine = () => [...lines.values()].find((line) => line.isOpen);
  const ping = setInterval(() => socket.write(encodeWebSocketFrames([[PING]])), PING_INTERVAL);
  // Whoever was let in once may close all documents and open others later.
  const patience = setTimeout(() => {
    // Which is not the client's fault, and may be tried again.
    if ([...lines.values()].some((line) => line.isAsking)) socket.close(CLOSE.unavailable, "the database is too slow");
    else socket.close(CLOSE.signedOut, "nothing was authenticated");
  }, LIMITS.authenticationTime);

  socket.listen({
    onFrame: (bytes) => {
      try {
        const frame = decodeClientFrame(bytes);
        if (frame.kind === "ping") socket.write(encodeWebSocketFrames([[PONG]]));
        if (frame.kind !== "document") return;
        const line = lineOf(frame.address);
        if (line) line.receive(frame.message);
        else socket.close(CLOSE.tooFast, `at most ${LIMITS.documentsPerSocket} documents on one socket`);
      } catch (error) {
        log.warn({ err: error, ...openLine()?.logFields }, "protocol violation");
        socket.close(CLOSE.protocolViolation, "malformed frame");
      }
    },
    onEnd: (closing) => {
      clearInterval(ping);
      clearTimeout(patience);
      // Otherwise the end of each document is a line that says whose it was.
      if (closing && !openLine())
        log.info({ ...closing, documents: lines.size }, "closing a socket without open documents");
      for (const line of lines.values()) line.end(closing);
    },
  });
}

/** The session is that of the cookie; a client outside of a browser may send a session token instead. */
export const hocuspocus = createHocuspocusGate({
  path: PATH,
  admit: async (request, url, address, token) => {
    const { type, documentId } = ADDRESS.exec(address)?.groups ?? {};
    if (!type || !documentId) return refuse(CLOSE.noDocument, "a document is named <room type>.<id>");
    const claims = await (request.headers.cookie ? readClaims(request) : readTokenClaims(token));
    return admitToDocument(claims, type, documentId, {
      readOnly: url.searchParams.get("readonly") === "1",
      extended: true,
      framing: "hocuspocus",
    });
  },
});
