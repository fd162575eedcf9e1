// What a room answered, as deliveries: replies, broadcasts, closed connections, log lines. What is to be committed is
// live-room.ts' business.
import type { Log } from "#lib/log.ts";
import { workerMetrics } from "#lib/metrics.ts";
import { type Audience, parseAddress } from "./audience.ts";
import type { Outcome } from "./outcome.ts";
import type { Room } from "./room.ts";
import type { RoomHost } from "./room-host.ts";

export function sendOutcome(outcome: Outcome, room: Room, audience: Audience, log: Log): void {
  for (const { connection, frame, state } of outcome.replies) audience.send(connection, frame, state);
  if (outcome.broadcast.length + outcome.elsewhere.length > 0) audience.broadcast(outcome.broadcast, outcome.elsewhere);
  audience.own(outcome.claims);
  const fieldsOf = (connection: string) => {
    return { room: room.name, connection, user: room.connections.get(connection)?.member.id };
  };
  for (const { connection, code, reason } of outcome.violations) {
    workerMetrics.violations.inc({ code });
    log.warn({ ...fieldsOf(connection), code, reason }, "protocol violation");
    audience.close(connection, code, reason);
  }
  for (const { connection, what } of outcome.ignored) log.debug(fieldsOf(connection), `ignored: ${what}`);
}

/** Tells extended connections that their first frames, so many of each, are committed. */
export function sendSaved(saved: Map<string, number>, { confirm }: Pick<RoomHost, "confirm">): void {
  for (const [id, sequence] of saved) {
    const { server, connection } = parseAddress(id);
    confirm(server, connection, sequence);
  }
}
