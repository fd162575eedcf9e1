// An admission and an outlet for tests of consumers: nobody is behind them.
import type { Admission } from "./admission.ts";
import type { Outlet } from "./consumer.ts";
import type { Outgoing } from "./outgoing.ts";

export function admissionTo(room: string, name: string): Admission {
  const member = { id: `u-${name}`, name, color: 3 };
  const options = { allowWrite: true, allowWriteAwareness: true, extended: true, framing: "y-websocket" } as const;
  return { room, channel: "yroom", documentId: null, member, sessionVersion: 1, options };
}

/** Writes down what it is given. */
export function recordingOutlet(): Outlet & { sent: Outgoing[]; closed: { code: number; reason: string } | null } {
  return {
    sent: [],
    closed: null,
    buffered: 0,
    send(outgoing) {
      this.sent.push(outgoing);
    },
    close(code, reason) {
      this.closed = { code, reason };
    },
  };
}
