// The connections of one room, by the server that holds them, and how they are spoken to: a broadcast goes to each
// server once, and so does the same answer to many, such as the state to a hundred who join at a time. What is said is
// the business of live-room.ts.
import type { ServerMessage } from "#lib/messages.ts";
import type { CloseCode } from "#lib/protocol.ts";
import { isSame } from "./same-frames.ts";

type Deliver = (server: string, message: ServerMessage) => void;

export class Audience {
  readonly #room: string;
  readonly #deliver: Deliver;
  #servers = new Map<string, Set<number>>();
  /** Frames for single connections that were said in this turn. */
  #said = new Map<string, Uint8Array[]>();

  constructor(room: string, deliver: Deliver) {
    this.#room = room;
    this.#deliver = deliver;
  }

  servers(): Iterable<string> {
    return this.#servers.keys();
  }

  get size(): number {
    let size = 0;
    for (const connections of this.#servers.values()) size += connections.size;
    return size;
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

  /**
   * One frame to one connection, which need not have joined: a replay may answer it before it is known again. Leaves
   * at the end of the turn; the very same frames (not copies) to several connections of a server travel once.
   */
  send(id: string, frame: Uint8Array): void {
    const frames = this.#said.get(id);
    if (frames) {
      frames.push(frame);
      return;
    }
    if (this.#said.size === 0) queueMicrotask(() => this.#flush());
    this.#said.set(id, [frame]);
  }

  #flush(): void {
    if (this.#said.size === 0) return;
    const said = this.#said;
    this.#said = new Map();
    const groups = new Map<Uint8Array | undefined, { server: string; to: number[]; payloads: Uint8Array[] }[]>();
    for (const [id, payloads] of said) {
      const { server, connection } = parseAddress(id);
      const alike = groups.get(payloads[0]);
      const group = alike?.find((other) => other.server === server && isSame(other.payloads, payloads));
      if (group) group.to.push(connection);
      else if (alike) alike.push({ server, to: [connection], payloads });
      else groups.set(payloads[0], [{ server, to: [connection], payloads }]);
    }
    for (const { server, to, payloads } of [...groups.values()].flat()) {
      this.#deliver(server, { type: "forward", room: this.#room, to, payloads });
    }
  }

  broadcast(payloads: Uint8Array[]): void {
    this.#toAll({ type: "forward", room: this.#room, to: "all", payloads });
  }

  close(id: string, code: CloseCode, reason: string): void {
    this.#flush();
    const { server, connection } = parseAddress(id);
    this.#deliver(server, { type: "close", room: this.#room, to: [connection], code, reason });
  }

  closeAll(code: CloseCode, reason: string): void {
    this.#toAll({ type: "close", room: this.#room, to: "all", code, reason });
  }

  #toAll(message: ServerMessage): void {
    this.#flush();
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
