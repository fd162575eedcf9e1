// What commits to each storage: one that is away shall not hold up the others.
import type { Log } from "#lib/log.ts";
import { Persistence } from "./persistence.ts";
import type { Storage } from "./storage/storage.ts";

export class Persistences {
  readonly #create: (storage: Storage) => Persistence;
  #known = new Map<Storage, Persistence>();

  /** `atOnce`: nothing but a commit outlives this process. */
  constructor(log: Log, { atOnce }: { atOnce: boolean }) {
    this.#create = (storage) => new Persistence(storage, log, { atOnce });
  }

  of(storage: Storage): Persistence {
    const persistence = this.#known.get(storage) ?? this.#create(storage);
    this.#known.set(storage, persistence);
    return persistence;
  }

  /** Rooms with edits that are not in the database yet. */
  get dirty(): number {
    return [...this.#known.values()].reduce((sum, { dirty }) => sum + dirty, 0);
  }
}
