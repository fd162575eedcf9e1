// Collects items by key until the event loop has served all input that is waiting, or under load for a window of some ms,
// then hands them over at once: alone nothing waits, under load the cost per item falls. Items with patience wait for
// others at any load. What becomes of them is the caller's business.

export interface Pace {
  /** Items a second up to which nothing waits longer than a turn of the event loop. */
  calm: number;
  /** Items a second for each ms that a batch stays open beyond that, and the longest that it does, ms. */
  perMs: number;
  longest: number;
}

/** ms over which the rate of items is measured. */
const SPAN = 50;

/** `flush` gets the items of one batch in the order they were added; it must not throw. */
export class TurnBatch<Key, Item> {
  #items = new Map<Key, Item[]>();
  #immediate: NodeJS.Immediate | null = null;
  #timer: NodeJS.Timeout | null = null;
  /** Everything in the batch has patience. */
  #isPatient = false;
  readonly #flush: (batch: Map<Key, Item[]>) => void;
  readonly #pace: Pace | null;
  #counted = 0;
  #since = 0;
  #window = 0;

  /** Without a `pace` a batch is never older than one turn. */
  constructor(flush: (batch: Map<Key, Item[]>) => void, pace: Pace | null = null) {
    this.#flush = flush;
    this.#pace = pace;
  }

  /** An item with `patience` (ms) makes no batch of its own before that: it goes with the next that has none. */
  add(key: Key, item: Item, patience = 0): void {
    const items = this.#items.get(key);
    if (items) items.push(item);
    else this.#items.set(key, [item]);
    if (patience > 0) {
      if (this.#immediate || this.#timer) return;
      this.#isPatient = true;
      this.#timer = setTimeout(() => this.flush(), patience);
      return;
    }
    this.#counted++;
    if (this.#isPatient) this.#unschedule();
    if (this.#immediate || this.#timer) return;
    const window = this.#pace ? this.#measure(this.#pace) : 0;
    if (window > 0) this.#timer = setTimeout(() => this.flush(), window);
    else this.#immediate = setImmediate(() => this.flush());
  }

  /** ms that a batch stays open, as of late. */
  #measure({ calm, perMs, longest }: Pace): number {
    const now = performance.now();
    const span = now - this.#since;
    if (span >= SPAN) {
      const rate = (this.#counted * 1000) / span;
      this.#window = rate > calm ? Math.min(longest, Math.ceil(rate / perMs)) : 0;
      this.#counted = 0;
      this.#since = now;
    }
    return this.#window;
  }

  /** Hands over now what waits for the end of the batch. */
  flush(): void {
    if (!this.#immediate && !this.#timer) return;
    this.#unschedule();
    const batch = this.#items;
    this.#items = new Map();
    this.#flush(batch);
  }

  #unschedule(): void {
    if (this.#immediate) clearImmediate(this.#immediate);
    if (this.#timer) clearTimeout(this.#timer);
    this.#immediate = null;
    this.#timer = null;
    this.#isPatient = false;
  }
}
