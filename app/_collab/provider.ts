// Keeps one Y.Doc and its awareness in step with the server over a WebSocket, reconnects, and knows what is saved.
// Speaks the y-websocket framing with the frames of `?yroom=1` (docs/protocol.md). Knows no page and no editor.
import type { Awareness } from "y-protocols/awareness";
import { applyAwarenessUpdate, encodeAwarenessUpdate, removeAwarenessStates } from "y-protocols/awareness";
import * as Y from "yjs";
import { retryDelay } from "#app/_collab/backoff.ts";
import { type Clock, realClock } from "#app/_collab/clock.ts";
import { EditLedger } from "#app/_collab/edit-ledger.ts";
import {
  decodeFrame,
  encodeAwareness,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
  type FrameMessage,
} from "#lib/frames.ts";
import type { Notice } from "#lib/messages.ts";
import { mayRetry } from "#lib/protocol.ts";

/** The part of WebSocket that the provider needs. */
export interface Socket {
  binaryType: string;
  send(data: Uint8Array<ArrayBuffer>): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
}

export type Connection =
  | { phase: "connecting" }
  | { phase: "open" }
  /** Lost; the next attempt is scheduled. */
  | { phase: "waiting" }
  /** The server closed with a code after which trying again makes no sense. */
  | { phase: "refused"; code: number };

export interface ProviderOptions {
  url: string;
  doc: Y.Doc;
  awareness: Awareness;
  /** The document holds edits that the server may not have (from the local copy). */
  unsent?: boolean;
  onChange(): void;
  onNotice(notice: Notice): void;
  createSocket?(url: string): Socket;
  clock?: Clock;
  random?(): number;
  /** Whether the browser believes that there is a network. It may be wrong, so it only slows the attempts down. */
  online?(): boolean;
}

const AWARENESS_EVERY = 50;
/** ms: say that we are here, so that the echo proves the connection. */
const HEARTBEAT = 15_000;
const SILENCE = 30_000;
const OPEN_WITHIN = 10_000;
const TICK = 2_500;
const RETRY_OFFLINE = 10_000;
/** ms after which a connection counts as a good one and the next loss starts with the shortest wait. */
const GOOD_AFTER = 5_000;

export class Provider {
  readonly #options: Required<ProviderOptions>;
  readonly #ledger: EditLedger;
  #connection: Connection = { phase: "connecting" };
  #socket: Socket | null = null;
  #attempt = 0;
  #since = 0;
  #updates: Uint8Array[] = [];
  #awarenessSentAt = Number.NEGATIVE_INFINITY;
  #awarenessTimer: unknown = null;
  #retryTimer: unknown = null;
  #tickTimer: unknown = null;
  /** Since when something is sent and nothing was heard. */
  #unheardSince: number | null = null;
  #destroyed = false;

  constructor(options: ProviderOptions) {
    this.#options = {
      createSocket: (url) => new WebSocket(url) as Socket,
      clock: realClock,
      random: Math.random,
      online: () => navigator.onLine !== false,
      unsent: false,
      ...options,
    };
    this.#ledger = new EditLedger(options.unsent);
    options.doc.on("update", this.#onUpdate);
    options.awareness.on("update", this.#onAwareness);
    this.#connect();
    this.#tick();
  }

  get connection(): Connection {
    return this.#connection;
  }

  /** The server's state has arrived on this connection. */
  get synced(): boolean {
    return this.#ledger.synced;
  }

  get pending(): boolean {
    return this.#ledger.pending;
  }

  /** Every local edit is committed in the database. */
  get settled(): boolean {
    return this.#ledger.settled;
  }

  /** Tries at once, also after a refusal: the network is back, the tab is in front again, or somebody asked for it. */
  retry(): void {
    if (this.#destroyed || this.#connection.phase === "connecting" || this.#connection.phase === "open") return;
    this.#attempt = 0;
    this.#connect();
  }

  /** The browser says that the network is gone: do not wait for the socket to notice. */
  lost(): void {
    if (this.#socket) this.#closed(null);
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#options.doc.off("update", this.#onUpdate);
    this.#options.awareness.off("update", this.#onAwareness);
    for (const timer of [this.#retryTimer, this.#tickTimer, this.#awarenessTimer]) {
      this.#options.clock.clearTimeout(timer);
    }
    this.#drop();
  }

  #connect(): void {
    this.#options.clock.clearTimeout(this.#retryTimer);
    this.#drop();
    this.#since = this.#options.clock.now();
    this.#connection = { phase: "connecting" };
    let socket: Socket;
    try {
      socket = this.#options.createSocket(this.#options.url);
    } catch {
      this.#closed(null);
      return;
    }
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.#opened();
    socket.onmessage = ({ data }) => this.#received(data);
    socket.onclose = ({ code }) => this.#closed(code);
    this.#socket = socket;
    this.#options.onChange();
  }

  #opened(): void {
    this.#connection = { phase: "open" };
    this.#since = this.#options.clock.now();
    this.#ledger.opened();
    this.#updates = [];
    this.#send(encodeStep1(Y.encodeStateVector(this.#options.doc)));
    this.#ledger.sent();
    // Others may hold a newer clock than ours: the server counts one up when it tells them that we left.
    const { awareness } = this.#options;
    this.#awarenessSentAt = this.#since;
    for (let i = 0; i < 2; i++) awareness.setLocalState(awareness.getLocalState());
    this.#sendAwareness();
    this.#options.onChange();
  }

  /** `code` is null when we gave the connection up ourselves. */
  #closed(code: number | null): void {
    const { awareness, clock, online, random } = this.#options;
    if (this.#connection.phase === "open" && clock.now() - this.#since > GOOD_AFTER) this.#attempt = 0;
    this.#drop();
    const others = [...awareness.getStates().keys()].filter((client) => client !== awareness.clientID);
    removeAwarenessStates(awareness, others, this);
    for (const client of others) awareness.meta.delete(client); // Or whoever does not move is news only when they renew.
    if (code !== null && !mayRetry(code)) {
      this.#connection = { phase: "refused", code };
    } else {
      this.#connection = { phase: "waiting" };
      const delay = online() ? retryDelay(this.#attempt++, random) : RETRY_OFFLINE;
      this.#retryTimer = clock.setTimeout(() => this.#connect(), delay);
    }
    this.#options.onChange();
  }

  /** Lets go of the socket without waiting for its close event, which can take a minute on a dead network. */
  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#unheardSince = null;
    this.#ledger.closed();
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #received(data: unknown): void {
    this.#unheardSince = null;
    if (!(data instanceof ArrayBuffer)) return;
    try {
      for (const message of decodeFrame(new Uint8Array(data))) this.#handle(message);
    } catch {
      // A frame that cannot be read, or an update that cannot be applied: start over with a fresh sync.
      this.#closed(null);
    }
  }

  #handle(message: FrameMessage): void {
    const { doc, awareness, onNotice, onChange } = this.#options;
    switch (message.type) {
      case "step1":
        // The waiting updates are part of the answer.
        this.#updates = [];
        this.#send(encodeStep2(Y.encodeStateAsUpdate(doc, message.stateVector)));
        this.#ledger.sentStep2();
        break;
      case "step2":
        Y.applyUpdate(doc, message.update, this);
        this.#ledger.receivedStep2();
        break;
      case "update":
        Y.applyUpdate(doc, message.update, this);
        return;
      case "awareness":
        applyAwarenessUpdate(awareness, message.update, this);
        return;
      case "queryAwareness":
        this.#sendAwareness();
        return;
      case "saved":
        this.#ledger.saved(message.sequence);
        break;
      case "notice":
        onNotice(message.notice);
        return;
      case "auth":
      case "unknown":
        return;
    }
    onChange();
  }

  /** Every change that did not come through this provider is local: typing, undo, the local copy. */
  #onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin === this) return;
    this.#ledger.edited();
    this.#updates.push(update);
    // What one event handler changes travels as one frame.
    if (this.#updates.length === 1) queueMicrotask(this.#flush);
    this.#options.onChange();
  };

  #flush = (): void => {
    const updates = this.#updates;
    this.#updates = [];
    if (updates.length === 0 || this.#connection.phase !== "open") return;
    this.#send(encodeUpdate(Y.mergeUpdates(updates)));
    this.#ledger.sentEdits();
    this.#options.onChange();
  };

  #onAwareness = ({ added, updated, removed }: Record<"added" | "updated" | "removed", number[]>): void => {
    const own = this.#options.awareness.clientID;
    if (![...added, ...updated, ...removed].includes(own) || this.#awarenessTimer !== null) return;
    const wait = this.#awarenessSentAt + AWARENESS_EVERY - this.#options.clock.now();
    if (wait <= 0) this.#sendAwareness();
    else this.#awarenessTimer = this.#options.clock.setTimeout(() => this.#sendAwareness(), wait);
  };

  /** Our own state only; others speak for themselves. */
  #sendAwareness(): void {
    const { awareness, clock } = this.#options;
    clock.clearTimeout(this.#awarenessTimer);
    this.#awarenessTimer = null;
    if (this.#connection.phase !== "open" || !awareness.meta.has(awareness.clientID)) return;
    this.#awarenessSentAt = clock.now();
    this.#send(encodeAwareness(encodeAwarenessUpdate(awareness, [awareness.clientID])));
    this.#ledger.sent();
  }

  #send(frame: Uint8Array): void {
    this.#unheardSince ??= this.#options.clock.now();
    this.#socket?.send(frame as Uint8Array<ArrayBuffer>);
  }

  #tick = (): void => {
    const { awareness, clock } = this.#options;
    const now = clock.now();
    if (this.#connection.phase === "open") {
      if (this.#unheardSince !== null && now - this.#unheardSince >= SILENCE) this.#closed(null);
      else if (now - this.#awarenessSentAt >= HEARTBEAT) awareness.setLocalState(awareness.getLocalState());
    } else if (this.#connection.phase === "connecting" && now - this.#since >= OPEN_WITHIN) {
      this.#closed(null);
    }
    this.#tickTimer = clock.setTimeout(this.#tick, TICK);
  };
}
