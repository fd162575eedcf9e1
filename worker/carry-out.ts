// What a room answered, as deliveries: replies, broadcasts, closed connections, log lines. What is to be committed is
// live-room.ts' business.
import { encodeSaved } from "#lib/frames.ts";
import type { Log } from "#lib/log.ts";
import { workerMetrics } from "#lib/metrics.ts";
import type { Audience } from "./audience.ts";
import type { Outcome } from "./outcome.ts";
import type { Room } from "./room.ts";

export function sendOutcome(outcome: Outcome, room: Room, audience: Audience, log: Log): void {
  for (const { connection, frame } of outcome.replies) audience.send(connection, frame);
  if (outcome.broadcast.length > 0) audience.broadcast(outcome.broadcast);
  for (const { connection, code, reason } of outcome.violations) {
    workerMetrics.violations.inc({ code });
    const user = room.connections.get(connection)?.member.id;
    log.warn({ room: room.name, connection, user, code, reason }, "protocol violation");
    audience.close(connection, code, reason);
  }
  for (const line of outcome.ignored) log.debug({ room: room.name }, `ignored: ${line}`);
}

/** Tells extended connections that their first frames, so many of each, are committed. */
export function sendSaved(saved: Map<string, number>, audience: Audience): void {
  for (const [connection, sequence] of saved) audience.send(connection, encodeSaved(sequence));
}
