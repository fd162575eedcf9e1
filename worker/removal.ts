// When an empty room is let go: some time after the last one left, unless somebody comes.

export class Removal {
  readonly #onDue: () => void;
  #timer: NodeJS.Timeout | null = null;

  constructor(onDue: () => void) {
    this.#onDue = onDue;
  }

  /** In `delay` ms, or as planned before. */
  plan(delay: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#onDue();
    }, delay);
  }

  cancel(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
