// Attaches the gates to the HTTP server: completes each WebSocket upgrade, then lets the client in or refuses it.
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { CLOSE, LIMITS } from "#lib/protocol.ts";
import { type Refusal, refuse } from "./admission.ts";
import { ClientSocket } from "./client-socket.ts";
import { Corks } from "./corks.ts";
import type { Enter, Gate, GateContext } from "./gates/gate.ts";
import { isAllowedOrigin } from "./origin.ts";

export interface WebSocketOptions extends GateContext {
  server: Server;
  gates: Gate[];
  /** Besides the server's own host. */
  allowedOrigins: string[];
  /** Takes upgrades of other paths (Next's hot reload); without it they get a 404, since Next would leave them open. */
  onOther?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

/** Answers the open sockets, those of clients that were refused not among them. */
export function attachWebSockets({ server, gates, allowedOrigins, onOther, ...context }: WebSocketOptions) {
  // A little above our own limit, so that a frame just too large gets our close code instead of 1009.
  const upgrades = new WebSocketServer({
    noServer: true,
    maxPayload: LIMITS.frameBytes + 65_536,
    perMessageDeflate: false,
  });
  const open = new Set<ClientSocket>();
  const corks = new Corks();
  const { log } = context;

  const decide = async (request: IncomingMessage, url: URL): Promise<Enter | Refusal> => {
    if (!isAllowedOrigin(request, allowedOrigins)) return refuse(CLOSE.noAccess, "this origin may not connect");
    const gate = gates.find(({ matches }) => matches(url.pathname));
    if (!gate) return refuse(CLOSE.noDocument, "no such room");
    try {
      return await gate.admit(request, url);
    } catch (error) {
      log.error({ err: error, path: url.pathname.slice(0, 200) }, "cannot check who connects");
      return refuse(CLOSE.unavailable, "the database cannot be reached");
    }
  };

  server.on("upgrade", async (request: IncomingMessage, wire: Duplex, head: Buffer) => {
    wire.on("error", (error) => log.debug({ err: error }, "socket error"));
    const path = request.url ?? "/";
    const url = path.startsWith("/ws/") && URL.canParse(path, "http://localhost") && new URL(path, "http://localhost");
    if (!url) {
      if (onOther) onOther(request, wire, head);
      else wire.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    // Decided while the handshake is under way: every ms of it is one that somebody waits for a document. The database is
    // asked at the end of this turn (auth/lookups.ts), and answers while this process is busy with the handshake.
    const decided = decide(request, url);
    await new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
    upgrades.handleUpgrade(request, wire, head, async (webSocket) => {
      // What the client says meanwhile stays unread.
      webSocket.pause();
      webSocket.on("error", (error) => log.debug({ err: error }, "socket error"));
      const decision = await decided;
      if (webSocket.readyState !== webSocket.OPEN) {
        webSocket.terminate();
        return;
      }
      webSocket.resume();
      const socket = new ClientSocket(webSocket, wire, log, corks);
      if (typeof decision !== "function") {
        log.info({ ...decision, path: url.pathname.slice(0, 200) }, "connection refused");
        socket.close(decision.code, decision.reason);
        return;
      }
      open.add(socket);
      socket.onGone(() => open.delete(socket));
      decision(socket, context);
    });
  });
  return open as ReadonlySet<ClientSocket>;
}
