// What administrators and probes may ask of the owner of a partition, about all of its rooms (server/administration.ts is the
// other end). A method that is not in this table does not exist.
import { z } from "zod";
import type { ServerMessage } from "#lib/messages.ts";
import { CLOSE } from "#lib/protocol.ts";
import { parseAddress } from "./audience.ts";
import type { Response } from "./document-api.ts";
import type { LiveRoom } from "./live-room.ts";
import { reportPartition } from "./room-report.ts";

/** A partition as its worker knows it. */
export interface AskedPartition {
  worker: string;
  number: number;
  held: number;
  rooms: Map<string, LiveRoom>;
  deliver(server: string, message: ServerMessage): void;
  /** Writes a diagnostic dump of this process; answers its path. */
  dump(): Promise<string>;
}

const nameAndReason = z.tuple([z.string(), z.string()]);
/** ms that a room gets to be saved. */
const CLOSE_LIMIT = 5_000;

const methods: Record<string, (partition: AskedPartition, args: unknown) => unknown> = {
  /** Answers at once: how long a question takes to come here and back. */
  ping: () => null,
  rooms: (partition) => reportPartition(partition),
  /** Saves a room and has everybody in it start over; false if it is not live. */
  closeRoom: async ({ rooms }, args) => {
    const [name, reason] = nameAndReason.parse(args);
    const live = rooms.get(name);
    if (!live) return false;
    if (!(await live.restart(reason, CLOSE_LIMIT))) throw new Error("not-saved");
    return true;
  },
  /** Closes one connection, which is told so and stays away; false if it is not in a room of this partition. */
  closeConnection: ({ rooms, deliver }, args) => {
    const [id, reason] = nameAndReason.parse(args);
    for (const live of rooms.values()) {
      if (!live.report().connections.some((connection) => connection.id === id)) continue;
      const { server, connection } = parseAddress(id);
      deliver(server, { type: "close", room: live.name, to: [connection], code: CLOSE.closedByAdmin, reason });
      return true;
    }
    return false;
  },
  dump: (partition) => partition.dump(),
};

/** `args` is a JSON array. Never rejects. */
export async function answerOwner(partition: AskedPartition, method: string, args: string): Promise<Response> {
  const answer = Object.hasOwn(methods, method) ? methods[method] : undefined;
  try {
    if (!answer) throw new Error(`no such method: ${method}`);
    const value = await answer(partition, JSON.parse(args));
    return { error: null, body: new TextEncoder().encode(JSON.stringify(value)) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error), body: new Uint8Array() };
  }
}
