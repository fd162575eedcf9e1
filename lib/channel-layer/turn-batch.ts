// Collects items by key until the event loop has served all input that is waiting, then hands them over at once:
// under no load nothing waits, under load the cost per item falls. What becomes of them is the caller's business.

/** `flush` gets the items of one turn in the order they were added; it must not throw. */
export class TurnBatch<Key, Item> {
  #items = new Map<Key, Item[]>();
  #scheduled: NodeJS.Immediate | null = null;
  readonly #flush: (batch: Map<Key, Item[]>) => void;

  constructor(flush: (batch: Map<Key, Item[]>) => void) {
    this.#flush = flush;
  }

  add(key: Key, item: Item): void {
    const items = this.#items.get(key);
    if (items) items.push(item);
    else this.#items.set(key, [item]);
    this.#scheduled ??= setImmediate(() => this.flush());
  }

  /** Hands over now what waits for the end of the turn. */
  flush(): void {
    if (!this.#scheduled) return;
    clearImmediate(this.#scheduled);
    this.#scheduled = null;
    const batch = this.#items;
    this.#items = new Map();
    this.#flush(batch);
  }
}
