// The connections of one room, by the server that holds them, and how they are spoken to: a broadcast goes to each
// server once, and so does the same answer to many, such as the state to a hundred who join at a time. What is said is
// the business of live-room.ts.
import type { ServerMessage } from "#lib/messages.ts";
import type { CloseCode } from "#lib/protocol.ts";
import type { Claim, Outcome, WholeState } from "./outcome.ts";
import { isSame } from "./same-frames.ts";

type Deliver = (server: string, message: ServerMessage) => void;

/** What is said to one connection in a turn; payload `at` goes on behind the state. */
interface Said {
  state: WholeState | null;
  at: number;
  payloads: Uint8Array[];
}

/** The same for several connections of a server. */
interface Group extends Said {
  server: string;
  to: number[];
  /** The server has the state. */
  isKnown: boolean;
  /** They have joined. */
  isMember: boolean;
}

export class Audience {
  readonly #room: string;
  readonly #term: string;
  readonly #deliver: Deliver;
  /** Connections by server, with the id of the state that it had when each of them came. */
  #servers = new Map<string, Map<number, string | null>>();
  /** By connection. */
  #said = new Map<string, Said>();

  /** `term` names the ownership of the partition. */
  constructor(room: string, term: string, deliver: Deliver) {
    this.#room = room;
    this.#term = term;
    this.#deliver = deliver;
  }

  /** Ids of the servers that have connections in the room. */
  servers(): Iterable<string> {
    return this.#servers.keys();
  }

  get size(): number {
    let size = 0;
    for (const connections of this.#servers.values()) size += connections.size;
    return size;
  }

  /** Answers the connection's id over all servers. `state` is what the server says it keeps. */
  join(server: string, connection: number, state: string | null): string {
    const connections = this.#servers.get(server);
    if (connections) connections.set(connection, state);
    else this.#servers.set(server, new Map([[connection, state]]));
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
    const connections = [...(this.#servers.get(server)?.keys() ?? [])];
    this.#servers.delete(server);
    return connections.map((connection) => address(server, connection));
  }

  /**
   * One frame to one connection, which need not have joined: a replay may answer it before it is known again. Leaves
   * at the end of the turn; the very same frames (not copies) to several connections of a server travel once.
   */
  send(id: string, frame: Uint8Array, state: WholeState | null = null): void {
    let said = this.#said.get(id);
    if (said?.state && state) {
      this.#flush();
      said = undefined;
    }
    if (!said) {
      if (this.#said.size === 0) queueMicrotask(() => this.#flush());
      said = { state: null, at: 0, payloads: [] };
      this.#said.set(id, said);
    }
    if (state) Object.assign(said, { state, at: said.payloads.length });
    said.payloads.push(frame);
  }

  #flush(): void {
    if (this.#said.size === 0) return;
    const said = this.#said;
    this.#said = new Map();
    const groups = new Map<Uint8Array | undefined, Group[]>();
    for (const [id, { state, at, payloads }] of said) {
      const { server, connection } = parseAddress(id);
      const members = this.#servers.get(server);
      const isKnown = state !== null && members?.get(connection) === state.id;
      const isMember = members?.has(connection) ?? false;
      const made: Group = { server, to: [connection], state, at, isKnown, isMember, payloads };
      const alike = groups.get(payloads[0]);
      const group = alike?.find((other) => isAlike(other, made));
      if (group) group.to.push(connection);
      else if (alike) alike.push(made);
      else groups.set(payloads[0], [made]);
    }
    for (const { server, to, state, at, isKnown, isMember, payloads } of [...groups.values()].flat()) {
      const term = isMember ? this.#term : null;
      const part = state && { state: { at, id: state.id, term, bytes: isKnown ? null : state.bytes } };
      this.#deliver(server, { type: "forward", room: this.#room, to, payloads, ...part });
    }
  }

  /** `elsewhere` is for everybody but the people of a server. */
  broadcast(payloads: Uint8Array[], elsewhere: Outcome["elsewhere"] = []): void {
    this.#flush();
    for (const server of this.#servers.keys()) {
      const others = elsewhere.filter(({ except }) => except !== server).map(({ frame }) => frame);
      const told = others.length > 0 ? [...payloads, ...others] : payloads;
      if (told.length > 0) this.#deliver(server, { type: "forward", room: this.#room, to: "all", payloads: told });
    }
  }

  /** Tells each server which clients are its connections' own. */
  own(claims: Claim[]): void {
    const byServer = new Map<string, [connection: number, client: number][]>();
    for (const { connection: id, client } of claims) {
      const { server, connection } = parseAddress(id);
      const clients = byServer.get(server);
      if (clients) clients.push([connection, client]);
      else byServer.set(server, [[connection, client]]);
    }
    for (const [server, clients] of byServer) this.#deliver(server, { type: "own", clients });
  }

  close(id: string, code: CloseCode, reason: string): void {
    this.#flush();
    const { server, connection } = parseAddress(id);
    this.#deliver(server, { type: "close", room: this.#room, to: [connection], code, reason });
  }

  closeAll(code: CloseCode, reason: string): void {
    this.#flush();
    for (const server of this.#servers.keys()) {
      this.#deliver(server, { type: "close", room: this.#room, to: "all", code, reason });
    }
  }
}

function isAlike(one: Group, other: Group): boolean {
  const { server, state, at, isKnown, isMember, payloads } = other;
  const isSameState =
    one.state === state && one.at === at && one.isKnown === isKnown && (state === null || one.isMember === isMember);
  return one.server === server && isSameState && isSame(one.payloads, payloads);
}

/** A connection's id over all servers. */
export function address(server: string, connection: number): string {
  return `${server}/${connection}`;
}

export function parseAddress(id: string): { server: string; connection: number } {
  const slash = id.lastIndexOf("/");
  return { server: id.slice(0, slash), connection: Number(id.slice(slash + 1)) };
}
