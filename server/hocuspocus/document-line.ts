// One document on a Hocuspocus client's socket: waits for its authentication, then is the outlet of a consumer. Frames
// of the room get the client's own address in front; "saved" becomes the confirmation of each edit.
import { decodeFrame } from "#lib/frames.ts";
import type { Log } from "#lib/log.ts";
import { CLOSE, LIMITS, mayRetry } from "#lib/protocol.ts";
import { type Admission, CROWD, type Refusal, refuse } from "../admission.ts";
import type { ClientSocket, Closing } from "../client-socket.ts";
import type { Consumer, Outlet } from "../consumer.ts";
import type { Consumers } from "../consumers.ts";
import { encodeAddress, encodeWebSocketFrames, type Outgoing, type Pieces } from "../outgoing.ts";
import type { Anteroom } from "./anteroom.ts";
import { EditReceipts } from "./edit-receipts.ts";
import {
  type ClientMessage,
  encodeAuthenticated,
  encodeClose,
  encodeDenied,
  encodeStateless,
  encodeSyncStatus,
} from "./frames.ts";

export interface DocumentLineHost {
  socket: Pick<ClientSocket, "write" | "close" | "buffered">;
  consumers: Pick<Consumers, "add" | "isCrowd">;
  log: Log;
  /** Shared by all documents of the socket. */
  anteroom: Anteroom;
  /** Whether the client may have the document of this address. */
  admit(address: string, token: string): Promise<Admission | Refusal>;
  /** A message from the client that is not part of the document; `reply` answers it. */
  onStateless(payload: string, admission: Admission, reply: (payload: string) => void): void;
  /** The client may have the document. */
  onOpen(): void;
  /** The client lets go of the document. */
  onEnd(): void;
}

type State =
  | { kind: "waiting" | "asking"; queue: ClientMessage[] }
  | { kind: "open"; consumer: Consumer; receipts: EditReceipts }
  | { kind: "closed" };

/** First byte of the frames that are for this server to translate. */
const SAVED = 120;
const NOTICE = 121;

export class DocumentLine implements Outlet {
  readonly #address: string;
  readonly #host: DocumentLineHost;
  readonly #patience: NodeJS.Timeout;
  #state: State = { kind: "waiting", queue: [] };

  constructor(address: string, host: DocumentLineHost) {
    this.#address = address;
    this.#host = host;
    this.#patience = setTimeout(() => this.#giveUp(), LIMITS.authenticationTime);
  }

  get isOpen(): boolean {
    return this.#state.kind === "open";
  }

  /** The database is asked who it is. */
  get isAsking(): boolean {
    return this.#state.kind === "asking";
  }

  /** What a log line about it carries. */
  get logFields(): { room: string; connection?: string; user?: string } {
    if (this.#state.kind === "open") return this.#state.consumer.logFields;
    // Behind the zero byte is a session of the client's own.
    return { room: this.#address.split("\0", 1)[0] ?? "" };
  }

  get buffered(): number {
    return this.#host.socket.buffered;
  }

  receive(message: ClientMessage): void {
    switch (message.type) {
      case "auth":
        void this.#authenticate(message.token);
        return;
      case "close":
        this.end();
        this.#host.onEnd();
        return;
      default:
        if (this.#state.kind === "open") this.#take(message, this.#state);
        else if (this.#state.kind !== "closed") this.#keep(message, this.#state);
    }
  }

  /** The socket is gone, or the client let go of the document. */
  end(closing: Closing | null = null): void {
    const state = this.#shut();
    if (state.kind === "open") state.consumer.end(closing);
  }

  /** Answers what it was before. */
  #shut(): State {
    const state = this.#state;
    this.#state = { kind: "closed" };
    clearTimeout(this.#patience);
    if (state.kind === "waiting" || state.kind === "asking") this.#host.anteroom.leave(state.queue);
    return state;
  }

  async #authenticate(token: string): Promise<void> {
    if (this.#state.kind === "open") {
      this.#say(encodeAuthenticated(this.#state.consumer.admission.options.allowWrite));
      return;
    }
    if (this.#state.kind === "asking") return;
    const asking: State = this.#state.kind === "waiting" ? this.#state : { kind: "asking", queue: [] };
    asking.kind = "asking";
    this.#state = asking;
    let decision = await this.#host.admit(this.#address, token);
    if (!("code" in decision) && this.#host.consumers.isCrowd(decision))
      decision = refuse(CLOSE.tooFast, CROWD, decision.member.id);
    // The client went away meanwhile, or let go of the document.
    if (this.#state !== asking) return;
    if ("code" in decision) return this.#refuse(decision);
    clearTimeout(this.#patience);
    this.#host.anteroom.leave(asking.queue);
    this.#host.onOpen();
    this.#say(encodeAuthenticated(decision.options.allowWrite));
    const consumer = this.#host.consumers.add(decision, this);
    const open: State = { kind: "open", consumer, receipts: new EditReceipts() };
    this.#state = open;
    for (const message of asking.queue) this.#take(message, open);
  }

  #refuse(refusal: Refusal): void {
    const { logFields } = this;
    this.#shut();
    this.#host.log.info({ ...logFields, ...refusal }, "connection refused");
    if (this.#host.anteroom.refuse()) this.#say(encodeDenied(explain(refusal.code, refusal.reason)));
    else this.#host.socket.close(CLOSE.tooFast, "refused too often");
  }

  #giveUp(): void {
    if (this.#state.kind === "waiting") this.#refuse(refuse(CLOSE.signedOut, "nobody authenticated in time"));
  }

  #take(message: ClientMessage, { consumer, receipts }: Extract<State, { kind: "open" }>): void {
    switch (message.type) {
      case "step1":
        receipts.step1();
        consumer.receive(message.body);
        return;
      case "step2":
        // A reader's is confirmed, too, if there is nothing new in it.
        receipts.step2(consumer.receive(message.body));
        return;
      case "update": {
        const sequence = consumer.receive(message.body);
        if (consumer.admission.options.allowWrite) receipts.update(sequence);
        else this.#say(encodeSyncStatus(false));
        return;
      }
      case "presence":
        consumer.receive(message.body);
        return;
      case "stateless":
        this.#host.onStateless(message.payload, consumer.admission, (payload) => this.#say(encodeStateless(payload)));
        return;
      case "broadcastStateless":
        consumer.close(CLOSE.protocolViolation, "a client may not broadcast");
        return;
      default:
        // Of a later version: passed over, as a room does.
        return;
    }
  }

  /** Frames that come before the authentication has ended wait for it, up to a bound. */
  #keep(message: ClientMessage, state: Extract<State, { kind: "waiting" | "asking" }>): void {
    state.queue.push(message);
    if (!this.#host.anteroom.enter(message) || state.queue.length > LIMITS.unauthenticatedFrames) {
      this.#host.socket.close(CLOSE.tooFast, "too much before the authentication");
    }
  }

  send(outgoing: Outgoing): void {
    const { socket } = this.#host;
    if (!outgoing.payloads.some(isTranslated)) {
      socket.write(outgoing.addressed(this.#address));
      return;
    }
    for (const pieces of outgoing.payloads) {
      if (isTranslated(pieces)) this.#translate(pieces[0]);
      else this.#say(...pieces);
    }
  }

  #translate(frame: Uint8Array): void {
    for (const message of decodeFrame(frame)) {
      if (message.type === "notice") this.#say(encodeStateless(JSON.stringify(message.notice)));
      if (message.type !== "saved" || this.#state.kind !== "open") continue;
      const confirmed = this.#state.receipts.confirm(message.sequence);
      for (let n = 0; n < confirmed; n++) this.#say(encodeSyncStatus(true));
    }
  }

  /**
   * A refusal closes this document and leaves the others alone. What may be tried again ends the whole socket, since
   * that is what the client's own reconnect waits for.
   */
  close(code: number, reason: string): void {
    this.#shut();
    if (mayRetry(code)) this.#host.socket.close(code, reason);
    else this.#say(encodeClose(explain(code, reason)));
  }

  #say(...message: Uint8Array[]): void {
    this.#host.socket.write(encodeWebSocketFrames([[encodeAddress(this.#address), ...message]]));
  }
}

function isTranslated([first]: Pieces): boolean {
  return first[0] === SAVED || first[0] === NOTICE;
}

/** This framing has no close codes for a document, so the reason starts with ours. */
function explain(code: number, reason: string): string {
  return `${code} ${reason}`;
}
