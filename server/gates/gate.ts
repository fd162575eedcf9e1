// A gate is one kind of client: which upgrades it takes, whom it lets in, and how frames become messages of a room.
// gates/index.ts is the list.
import type { IncomingMessage } from "node:http";
import type { Log } from "#lib/log.ts";
import type { Refusal } from "../admission.ts";
import type { ClientSocket } from "../client-socket.ts";
import type { Consumers } from "../consumers.ts";

export interface GateContext {
  consumers: Consumers;
  log: Log;
}

/** Takes over a socket whose upgrade is complete. */
export type Enter = (socket: ClientSocket, context: GateContext) => void;

export interface Gate {
  /** Whether an upgrade of this path is for this gate. */
  matches(pathname: string): boolean;
  /** Whether the client may come in. Rejects if that cannot be found out now. */
  admit(request: IncomingMessage, url: URL): Promise<Enter | Refusal>;
}
