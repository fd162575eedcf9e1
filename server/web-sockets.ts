// Attaches the consumers to the HTTP server: completes each WebSocket upgrade and then admits or refuses it.
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { Log } from "#lib/log.ts";
import { CLOSE, LIMITS } from "#lib/protocol.ts";
import type { Admission } from "./consumer.ts";
import type { Consumers } from "./consumers.ts";
import type { Refusal } from "./upgrade.ts";

export interface WebSocketOptions {
  server: Server;
  consumers: Consumers;
  /** Who may connect, and to what; rejects if that cannot be found out now. */
  admit(request: IncomingMessage): Promise<Admission | Refusal>;
  log: Log;
  /** Takes upgrades of other paths (Next's hot reload); without it they get a 404, since Next would leave them open. */
  onOther?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

export function attachWebSockets({ server, consumers, admit, log, onOther }: WebSocketOptions): void {
  // One byte above our own limit, so that a frame just too large gets our close code instead of 1009.
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LIMITS.frameBytes * 2, perMessageDeflate: false });

  const decide = async (request: IncomingMessage): Promise<Admission | Refusal> => {
    try {
      return await admit(request);
    } catch (error) {
      log.error({ err: error }, "cannot check who connects");
      return { code: CLOSE.unavailable, reason: "the database cannot be reached" };
    }
  };

  server.on("upgrade", async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", (error) => log.debug({ err: error }, "socket error"));
    if (!request.url?.startsWith("/ws/")) {
      if (onOther) onOther(request, socket, head);
      else socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    const decision = await decide(request);
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      if ("room" in decision) {
        consumers.add(webSocket, decision);
        return;
      }
      log.info({ ...decision, path: request.url?.split("?")[0] }, "connection refused");
      webSocket.on("error", (error) => log.debug({ err: error }, "socket error"));
      webSocket.close(decision.code, decision.reason);
      setTimeout(() => webSocket.terminate(), 2_000).unref();
    });
  });
}
