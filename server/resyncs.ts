// When the connections of which partitions are made known again to their workers. Everybody is then told the whole state
// of a room, so what asks for it several times at once, such as Redis when it returns, is answered once. What somebody
// missed before a resync is in it, whoever noticed it first.

/** ms that a gap waits for others to be noticed. */
const GATHER = 250;
/** ms between two resyncs of the same partition. */
const PAUSE = 1_000;

export class Resyncs {
  readonly #act: (partitions: ReadonlySet<string>) => void;
  /** By partition: when its resync is due, and when the last one was. */
  #due = new Map<string, number>();
  #done = new Map<string, number>();
  #timer: NodeJS.Timeout | null = null;

  /** `act` makes the connections of these partitions known again. */
  constructor(act: (partitions: ReadonlySet<string>) => void) {
    this.#act = act;
  }

  /** A worker that may not know the connections of these partitions has them now: at once. */
  ask(partitions: Iterable<string>): void {
    this.#plan(partitions, 0);
  }

  /** Something of these partitions may have been missed: soon. */
  gather(partitions: Iterable<string>): void {
    this.#plan(partitions, GATHER);
  }

  /** Somebody in this partition may not be known to its worker, or may have missed something. */
  isPlanned(partition: string): boolean {
    return this.#due.has(partition);
  }

  stop(): void {
    this.#due.clear();
    if (this.#timer) clearTimeout(this.#timer);
  }

  #plan(partitions: Iterable<string>, wait: number): void {
    const now = performance.now();
    for (const partition of partitions) {
      const due = Math.max(now + wait, (this.#done.get(partition) ?? Number.NEGATIVE_INFINITY) + PAUSE);
      this.#due.set(partition, Math.min(due, this.#due.get(partition) ?? due));
    }
    this.#run();
  }

  #run(): void {
    if (this.#timer) clearTimeout(this.#timer);
    const now = performance.now();
    const ready = new Set<string>();
    for (const [partition, due] of this.#due) if (due <= now) ready.add(partition);
    for (const partition of ready) {
      this.#due.delete(partition);
      this.#done.set(partition, now);
    }
    if (ready.size > 0) this.#act(ready);
    const next = Math.min(...this.#due.values());
    // A timer may fire a moment too early.
    this.#timer = this.#due.size > 0 ? setTimeout(() => this.#run(), Math.max(1, Math.ceil(next - now))) : null;
  }
}
