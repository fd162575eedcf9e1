// Finds sockets whose other end vanished without closing: a laptop that was shut, a network that was cut.
import type { Consumers } from "./consumers.ts";

/** ms between two pings; a client that is silent from one to the next is cut. */
const INTERVAL = 15_000;

/** Answers a function that stops it. */
export function startHeartbeat(consumers: Consumers, interval = INTERVAL): () => void {
  const timer = setInterval(() => {
    for (const consumer of [...consumers.all()]) if (!consumer.checkAlive()) consumer.cut();
  }, interval);
  return () => clearInterval(timer);
}
