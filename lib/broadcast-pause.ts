// How often a room is told something. In a crowd each broadcast costs a write to every socket, so what leaves together
// costs much less, and a few ms are nothing to anybody. Used by workers (worker/intake.ts) and servers (server/relay.ts).

/** Connections for which a broadcast may take place every ms, and the longest pause between two, ms. */
const CONNECTIONS_PER_MS = 25;
const LONGEST = 8;

/** ms between two broadcasts to so many connections; 0 in small rooms. */
export function broadcastPause(connections: number): number {
  return Math.min(LONGEST, Math.floor(connections / CONNECTIONS_PER_MS));
}
