// What one batch of frames has brought so far: room.ts fills it frame by frame, and makes its answers and its one
// broadcast of it. Bounds what a batch may ask for, because every answer to a step 1 can be the whole document.
import type { ClientOptions } from "#lib/messages.ts";
import { CLOSE, type CloseCode, LIMITS } from "#lib/protocol.ts";
import { type Incoming, nothing, type Outcome } from "./outcome.ts";

/** Messages for one connection, encoded when the whole batch is applied. */
export type Answer = () => Uint8Array[];

/** The client asks for more than a room gives; costs the connection. */
export class TooMuch extends Error {
  readonly close: CloseCode;

  constructor(close: CloseCode, message: string) {
    super(message);
    this.close = close;
  }
}

export class Taken {
  readonly outcome: Outcome = nothing();
  readonly now: number;
  /** Clients whose awareness changed; `heard` even if none did, because an awareness message is always echoed. */
  readonly present: number[] = [];
  heard = false;
  /** The same by the server that has told its own people. */
  readonly relayed = new Map<string, number[]>();
  readonly authors = new Set<string>();
  /** Updates that build on edits which are not here yet. */
  readonly waiting: Uint8Array[] = [];
  readonly asked: { connection: string; userId: string; options: ClientOptions; answers: Answer[] }[] = [];
  #answers = new Map<string, number>();
  #violators = new Set<string>();

  constructor(now: number) {
    this.now = now;
  }

  /** An awareness message changed these clients. */
  hear(changed: number[], relayedBy: string | null): void {
    if (relayedBy === null) {
      this.heard = true;
      this.present.push(...changed);
      return;
    }
    const relayed = this.relayed.get(relayedBy);
    if (relayed) relayed.push(...changed);
    else if (changed.length > 0) this.relayed.set(relayedBy, changed);
  }

  /** Throws TooMuch if this connection asked for too many answers at once. */
  answer({ connection, userId, options }: Incoming, answers: Answer[]): void {
    if (answers.length === 0) return;
    const count = (this.#answers.get(connection) ?? 0) + answers.length;
    if (count > LIMITS.answersAtOnce) {
      throw new TooMuch(CLOSE.fellBehind, `at most ${LIMITS.answersAtOnce} answers are given at a time`);
    }
    this.#answers.set(connection, count);
    this.asked.push({ connection, userId, options, answers });
  }

  /** The client broke the protocol, or a limit; nothing else of it is looked at in this batch. */
  violate(connection: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    const code = error instanceof TooMuch ? error.close : CLOSE.protocolViolation;
    this.#violators.add(connection);
    this.outcome.violations.push({ connection, code, reason });
  }

  isViolator(connection: string): boolean {
    return this.#violators.has(connection);
  }
}
