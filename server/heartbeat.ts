// Finds sockets whose other end vanished without closing: a laptop that was shut, a network that was cut.
import type { ClientSocket } from "./client-socket.ts";

/** ms between two pings; a client that is silent from one to the next is cut. */
const INTERVAL = 15_000;

/** Answers a function that stops it. */
export function startHeartbeat(sockets: Iterable<ClientSocket>, interval = INTERVAL): () => void {
  let last = performance.now();
  const timer = setInterval(() => {
    // If this process stood still, their signs of life were not read yet.
    const isLate = performance.now() - last > 1.5 * interval;
    last = performance.now();
    for (const socket of [...sockets]) if (!socket.checkAlive() && !isLate) socket.cut();
  }, interval);
  return () => clearInterval(timer);
}
