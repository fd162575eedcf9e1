// Counts frames and acknowledgements, and so knows whether every local edit is committed. Pure: told what happened,
// asked what is true. When in doubt it says "not saved".
// The server counts the binary frames of a connection from 1 and says "saved n" when every edit in the first n of
// them is committed. A new connection starts at 0 again; whatever was not acknowledged travels in the answer to the
// server's sync step 1.

export class EditLedger {
  #frames = 0;
  #acknowledged = 0;
  /** The last frame that may have carried edits, and the last that certainly did. */
  #lastEdit = 0;
  #lastRealEdit = 0;
  #connected = false;
  #synced = false;
  #answered = false;
  #unsent: boolean;

  /** `unsent`: the document already holds edits that the server may not have. */
  constructor(unsent = false) {
    this.#unsent = unsent;
  }

  opened(): void {
    this.closed();
    this.#connected = true;
  }

  closed(): void {
    if (this.#lastRealEdit > this.#acknowledged) this.#unsent = true;
    this.#frames = this.#acknowledged = this.#lastEdit = this.#lastRealEdit = 0;
    this.#connected = this.#synced = this.#answered = false;
  }

  /** A local edit was made, or found in the local copy. */
  edited(): void {
    this.#unsent = true;
  }

  /** A frame without edits left. */
  sent(): void {
    this.#frames++;
  }

  /** A frame left with every edit made since the last one; earlier edits travel in the step 2. */
  sentEdits(): void {
    this.#frames++;
    this.#lastEdit = this.#lastRealEdit = this.#frames;
    if (this.#answered) this.#unsent = false;
  }

  /** The answer to the server's step 1 left: everything that the server did not have. */
  sentStep2(): void {
    this.#frames++;
    this.#lastEdit = this.#frames;
    if (this.#unsent) this.#lastRealEdit = this.#frames;
    this.#answered = true;
    this.#unsent = false;
  }

  /** The server's answer to our step 1 arrived. */
  receivedStep2(): void {
    this.#synced = true;
  }

  /** "saved n" arrived. A number beyond what was sent means nothing. */
  saved(n: number): void {
    this.#acknowledged = Math.max(this.#acknowledged, Math.min(n, this.#frames));
  }

  get synced(): boolean {
    return this.#connected && this.#synced;
  }

  /** There are local edits that are not known to be committed. */
  get pending(): boolean {
    return this.#unsent || this.#lastRealEdit > this.#acknowledged;
  }

  /** Everything local is committed, and this connection has proved it. */
  get settled(): boolean {
    return this.synced && this.#answered && !this.#unsent && this.#acknowledged >= this.#lastEdit;
  }
}
