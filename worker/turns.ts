// How a live room works off what comes for it: frames that follow each other in one batch, everything else by itself; a
// batch that takes long in several turns, so that other rooms and the renewal of leases are not kept waiting. After a
// failure each of the messages that may have caused it is taken by itself, which finds the one that did.
import { type Item, joinsFirst } from "./room-host.ts";

export interface TurnVerbs {
  /** Takes frames; answers how many of them. */
  receive(frames: Item[]): number;
  /** Takes one message of another kind. */
  manage(item: Item): void;
  /** False if the last message ended the room that this is about: what follows is given to `again`. */
  goesOn(): boolean;
  /** Takes what could not be worked off now. */
  again(items: Item[]): void;
  /** `items` are those that were not worked off, the one (or the batch) that failed first. */
  onError(error: unknown, items: Item[]): void;
}

export class Turns {
  readonly #verbs: TurnVerbs;
  /** What is left of a batch that took long, and whatever came after it. */
  #rest: Item[] | null = null;
  #suspects = new WeakSet<Item>();

  constructor(verbs: TurnVerbs) {
    this.#verbs = verbs;
  }

  /** Something waits for the next turn. */
  get isWaiting(): boolean {
    return this.#rest !== null;
  }

  take(items: Item[]): void {
    if (this.#rest) {
      for (const item of items) this.#rest.push(item);
      return;
    }
    const left = joinsFirst(items);
    try {
      this.#workOff(left);
    } catch (error) {
      this.#verbs.onError(error, left);
    }
  }

  /** The room failed over the first of these. Takes it out and answers it if it was taken by itself, else suspects all. */
  blame(items: Item[]): Item | null {
    const [first] = items;
    const culprit = first && this.#suspects.has(first) ? first : null;
    if (culprit) items.shift();
    for (const item of items) this.#suspects.add(item);
    return culprit;
  }

  /** Takes out of `items` what it has worked off. */
  #workOff(items: Item[]): void {
    const { receive, manage, goesOn, again } = this.#verbs;
    for (let first = items[0]; first; first = items[0]) {
      if (first.message.type === "receive") {
        const isSuspect = this.#suspects.has(first);
        const count = isSuspect ? 1 : framesAhead(items);
        const taken = receive(items.slice(0, count));
        items.splice(0, taken);
        if (taken === count && (!isSuspect || items.length === 0)) continue;
        this.#pause(items);
        return;
      }
      manage(first);
      items.shift();
      if (goesOn()) continue;
      again(items.splice(0));
      return;
    }
  }

  #pause(items: Item[]): void {
    this.#rest = items.splice(0);
    setImmediate(() => {
      const rest = this.#rest ?? [];
      this.#rest = null;
      this.#verbs.again(rest);
    });
  }
}

function framesAhead(items: Item[]): number {
  const other = items.findIndex(({ message }) => message.type !== "receive");
  return other === -1 ? items.length : other;
}
