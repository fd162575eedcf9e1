// What one room's members sent, and which of it each of them has received: every character of everybody must reach
// everybody else, in however few frames. A frame that comes to many is decoded once.
import type { Histogram } from "./histogram.ts";

/** Triples: index of the sender, first number, count. */
export type Delivery = Int32Array;

export class Ledger {
  /** Per sender: when its event n was due. */
  readonly due: number[][];
  readonly #size: number;
  /** Per receiver and sender: how many of the sender's events it has. */
  readonly #has: Int32Array;
  /** Deliveries that came before their predecessors, per receiver. */
  readonly #early = new Map<number, Delivery[]>();
  readonly #known = new Map<string, Delivery>();
  delivered = 0;

  constructor(size: number) {
    this.#size = size;
    this.due = Array.from({ length: size }, () => []);
    this.#has = new Int32Array(size * size);
  }

  /** The sender's event was due at `time`; answers its number. */
  send(sender: number, time: number): number {
    return (this.due[sender] as number[]).push(time) - 1;
  }

  /** How many of `sender`'s events `receiver` has. */
  has(receiver: number, sender: number): number {
    return this.#has[receiver * this.#size + sender] as number;
  }

  /** Deliveries that the events sent so far should make. */
  get expected(): number {
    return this.due.reduce((sum, times) => sum + times.length, 0) * (this.#size - 1);
  }

  /** `decode` is asked only about bytes that no member of the room has received lately. */
  receive(receiver: number, bytes: Buffer, now: number, latency: Histogram, decode: () => Delivery): void {
    const key = bytes.toString("latin1");
    let delivery = this.#known.get(key);
    if (!delivery) {
      if (this.#known.size > 5_000) this.#known.clear();
      delivery = decode();
      this.#known.set(key, delivery);
    }
    if (!this.#account(receiver, delivery, now, latency)) this.#keep(receiver, delivery);
    else if (this.#early.size > 0) this.#retry(receiver, now, latency);
  }

  /** False if a part of it is ahead of what the receiver has. */
  #account(receiver: number, delivery: Delivery, now: number, latency: Histogram): boolean {
    let complete = true;
    for (let i = 0; i < delivery.length; i += 3) {
      const sender = delivery[i] as number;
      if (sender === receiver) continue;
      const first = delivery[i + 1] as number;
      const end = first + (delivery[i + 2] as number);
      const at = receiver * this.#size + sender;
      const has = this.#has[at] as number;
      if (first > has) {
        complete = false;
        continue;
      }
      const due = this.due[sender] as number[];
      for (let n = has; n < end; n++) latency.record(now - (due[n] ?? now));
      if (end > has) {
        this.delivered += end - has;
        this.#has[at] = end;
      }
    }
    return complete;
  }

  #keep(receiver: number, delivery: Delivery): void {
    const early = this.#early.get(receiver);
    if (early) early.push(delivery);
    else this.#early.set(receiver, [delivery]);
  }

  #retry(receiver: number, now: number, latency: Histogram): void {
    const early = this.#early.get(receiver);
    if (!early) return;
    const left = early.filter((delivery) => !this.#account(receiver, delivery, now, latency));
    if (left.length === 0) this.#early.delete(receiver);
    else this.#early.set(receiver, left);
  }
}
