// Finds sockets whose other end vanished without closing: a laptop that was shut, a network that was cut.
import type { ClientSocket } from "./client-socket.ts";

/** ms between two pings; a client that is silent from one to the next is cut. */
const INTERVAL = 15_000;

/** Answers a function that stops it. */
export function startHeartbeat(sockets: Iterable<ClientSocket>, interval = INTERVAL): () => void {
  const timer = setInterval(() => {
    for (const socket of [...sockets]) if (!socket.checkAlive()) socket.cut();
  }, interval);
  return () => clearInterval(timer);
}
