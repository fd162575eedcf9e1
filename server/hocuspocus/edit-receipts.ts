// Which edits of a Hocuspocus client still need a SyncStatus. The client counts them, and counts its first sync as one:
// a receipt too many would have it say "saved" while an edit is under way.

export class EditReceipts {
  /** Numbers of the frames that are to be confirmed, in order. */
  #waiting: number[] = [];
  /** Steps 1 of the client whose exchange it counts as one unsynced change. */
  #exchanges = 0;

  /** The client started a sync. */
  step1(): void {
    this.#exchanges++;
  }

  /** The client answers a step 1. One that the room said by itself, after a crash, is counted by nobody. */
  step2(sequence: number): void {
    if (this.#exchanges === 0) return;
    this.#exchanges--;
    this.#waiting.push(sequence);
  }

  update(sequence: number): void {
    this.#waiting.push(sequence);
  }

  /** Everything up to this frame is committed; answers how many edits that confirms. */
  confirm(sequence: number): number {
    let confirmed = 0;
    while (confirmed < this.#waiting.length && (this.#waiting[confirmed] ?? 0) <= sequence) confirmed++;
    this.#waiting.splice(0, confirmed);
    return confirmed;
  }
}
