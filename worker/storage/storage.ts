// Where rooms are kept: an append log of merged updates beside a snapshot. `contract.ts` is the acceptance suite of
// every implementation; `index.ts` is the list of them.

/** What is stored of a room. Applying `snapshot`, then `updates` in order, to an empty Y.Doc gives its state. */
export interface StoredRoom {
  snapshot: Uint8Array | null;
  updates: Uint8Array[];
  /** Id of the last log row in `updates` (or covered by the snapshot); 0 if there is none. */
  upTo: bigint;
}

/** Proof of ownership: the epoch under which a worker took a partition. */
export interface Fence {
  channel: string;
  partition: number;
  epoch: bigint;
}

/** One merged Yjs update (V1 encoding) of one room, with the ids of the users whose edits it holds. */
export interface Append {
  room: string;
  update: Uint8Array;
  authors: string[];
  fence: Fence;
}

export interface Storage {
  /**
   * Takes a partition for a worker and answers the new epoch. Writes under an older epoch that are still running
   * end first; later ones are refused.
   */
  own(channel: string, partition: number, workerId: string): Promise<bigint>;
  /** Null if nothing was ever stored. Rejects when the store cannot be reached. */
  load(room: string): Promise<StoredRoom | null>;
  /**
   * Commits all rows in one transaction, durable when it resolves. Answers, in the order of `rows`, the log id of
   * each row, or null for a row whose fence is stale (that row is not written, the others are).
   */
  append(rows: Append[]): Promise<(bigint | null)[]>;
  /**
   * Replaces the snapshot by `state`, which holds every update up to and including log row `upTo`. Answers false,
   * and changes nothing, if the fence is stale or a newer snapshot exists.
   */
  compact(room: string, state: Uint8Array, upTo: bigint, fence: Fence): Promise<boolean>;
  /** Forgets a room, which need not exist. Answers false, and changes nothing, if the fence is stale. */
  delete(room: string, fence: Fence): Promise<boolean>;
}
