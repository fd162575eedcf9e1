// The connections of one room, by the server that holds them, and how they are spoken to: a broadcast goes to each
// server once. What is said is the business of live-room.ts.
import type { ServerMessage } from "#lib/messages.ts";
import type { CloseCode } from "#lib/protocol.ts";

type Deliver = (server: string, message: ServerMessage) => void;

export class Audience {
  readonly #room: string;
  readonly #deliver: Deliver;
  #servers = new Map<string, Set<number>>();

  constructor(room: string, deliver: Deliver) {
    this.#room = room;
    this.#deliver = deliver;
  }

  servers(): Iterable<string> {
    return this.#servers.keys();
  }

  /** Answers the connection's id over all servers. */
  join(server: string, connection: number): string {
    const connections = this.#servers.get(server);
    if (connections) connections.add(connection);
    else this.#servers.set(server, new Set([connection]));
    return address(server, connection);
  }

  part(server: string, connection: number): string {
    const connections = this.#servers.get(server);
    connections?.delete(connection);
    if (connections?.size === 0) this.#servers.delete(server);
    return address(server, connection);
  }

  /** Takes a server that is gone off the list; answers the ids of the connections it had. */
  forget(server: string): string[] {
    const connections = [...(this.#servers.get(server) ?? [])];
    this.#servers.delete(server);
    return connections.map((connection) => address(server, connection));
  }

  /** One frame to one connection, which need not have joined: a replay may answer it before it is known again. */
  send(id: string, frame: Uint8Array): void {
    const { server, connection } = parseAddress(id);
    this.#deliver(server, { type: "forward", room: this.#room, to: [connection], payloads: [frame] });
  }

  broadcast(payloads: Uint8Array[]): void {
    this.#toAll({ type: "forward", room: this.#room, to: "all", payloads });
  }

  close(id: string, code: CloseCode, reason: string): void {
    const { server, connection } = parseAddress(id);
    this.#deliver(server, { type: "close", room: this.#room, to: [connection], code, reason });
  }

  closeAll(code: CloseCode, reason: string): void {
    this.#toAll({ type: "close", room: this.#room, to: "all", code, reason });
  }

  #toAll(message: ServerMessage): void {
    for (const server of this.#servers.keys()) this.#deliver(server, message);
  }
}

/** A connection's id over all servers. */
export function address(server: string, connection: number): string {
  return `${server}/${connection}`;
}

export function parseAddress(id: string): { server: string; connection: number } {
  const slash = id.lastIndexOf("/");
  return { server: id.slice(0, slash), connection: Number(id.slice(slash + 1)) };
}
