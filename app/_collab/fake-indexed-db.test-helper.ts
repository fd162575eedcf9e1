// For tests only: as much of IndexedDB as local-store.ts uses, in memory. Transactions run one after the other.
type Key = number | string | Key[];
interface Range {
  lower: Key;
  upper: Key;
}
interface Row {
  key: Key;
  value: unknown;
}

/** Kept here, because tests put other timers in place of the real ones. */
const later = globalThis.setImmediate;

class FakeRequest {
  result: unknown;
  onsuccess: (() => void) | null = null;
  onerror: (() => void) | null = null;
  onupgradeneeded: (() => void) | null = null;
}

class FakeTransaction {
  oncomplete: (() => void) | null = null;
  readonly #data: FakeIndexedDB;
  readonly #steps: { request: FakeRequest; run: () => unknown }[] = [];

  constructor(data: FakeIndexedDB) {
    this.#data = data;
  }

  objectStore(name: string) {
    const store = this.#data.stores.get(name) ?? new FakeStore();
    this.#data.stores.set(name, store);
    const step = (run: () => unknown) => {
      const request = new FakeRequest();
      this.#steps.push({ request, run });
      return request;
    };
    const values = (rows: Row[]) => rows.map(({ value }) => value);
    const keys = (rows: Row[]) => rows.map(({ key }) => key);
    return {
      add: (value: unknown) => step(() => store.put(value, ++store.last)),
      put: (value: unknown, key: Key) => step(() => store.put(value, key)),
      delete: (key: Key | Range) => step(() => store.delete(key)),
      get: (key: Key) => step(() => store.find(key)[0]?.value),
      getAll: (range: Range) => step(() => values(store.find(range))),
      getAllKeys: (range: Range) => step(() => keys(store.find(range))),
      count: (range?: Range) => step(() => (range ? store.find(range) : store.rows).length),
      createIndex: () => {},
      index: () => ({
        getAll: (copy: string) => step(() => values(store.ofCopy(copy))),
        getAllKeys: (copy: string) => step(() => keys(store.ofCopy(copy))),
        count: (copy: string) => step(() => store.ofCopy(copy).length),
      }),
    };
  }

  async run(): Promise<void> {
    for (;;) {
      const step = this.#steps.shift();
      if (!step) break;
      step.request.result = step.run();
      step.request.onsuccess?.();
      await new Promise((resolve) => later(resolve));
    }
    this.oncomplete?.();
  }
}

class FakeStore {
  rows: Row[] = [];
  last = 0;

  find(wanted: Key | Range): Row[] {
    const [lower, upper] = isRange(wanted) ? [wanted.lower, wanted.upper] : [wanted, wanted];
    return this.rows.filter(({ key }) => compare(lower, key) <= 0 && compare(key, upper) <= 0);
  }

  ofCopy(copy: string): Row[] {
    return this.rows.filter(({ value }) => (value as { copy: string }).copy === copy);
  }

  put(value: unknown, key: Key): void {
    this.delete(key);
    this.rows.push({ key, value });
    this.rows.sort((a, b) => compare(a.key, b.key));
  }

  delete(wanted: Key | Range): void {
    const gone = new Set(this.find(wanted));
    this.rows = this.rows.filter((row) => !gone.has(row));
  }
}

class FakeDatabase {
  onversionchange: (() => void) | null = null;
  onclose: (() => void) | null = null;
  closed = false;
  readonly #data: FakeIndexedDB;

  constructor(data: FakeIndexedDB) {
    this.#data = data;
  }

  createObjectStore(name: string) {
    return new FakeTransaction(this.#data).objectStore(name);
  }

  transaction(): FakeTransaction {
    if (this.closed) throw new Error("The database connection is closed.");
    const transaction = new FakeTransaction(this.#data);
    this.#data.enqueue(() => transaction.run());
    return transaction;
  }

  close(): void {
    this.closed = true;
  }
}

/** Stands for `indexedDB`; `IDBKeyRange` has to be replaced by `FakeKeyRange` as well. */
export class FakeIndexedDB {
  stores = new Map<string, FakeStore>();
  /** Every connection that was ever opened. */
  databases: FakeDatabase[] = [];
  /** Set it to make the next `open` wait until it resolves. */
  mayOpen: Promise<void> = Promise.resolve();
  #queue: Promise<void> = Promise.resolve();

  enqueue(run: () => Promise<void>): void {
    this.#queue = this.#queue.then(() => new Promise<void>((resolve) => later(resolve))).then(run);
  }

  open(): FakeRequest {
    const request = new FakeRequest();
    void this.mayOpen.then(() => {
      const database = new FakeDatabase(this);
      this.databases.push(database);
      request.result = database;
      if (this.databases.length === 1) request.onupgradeneeded?.();
      request.onsuccess?.();
    });
    return request;
  }

  /** As if somebody signed out in another tab. */
  deleteDatabase(): FakeRequest {
    const request = new FakeRequest();
    for (const database of this.databases) if (!database.closed) database.onversionchange?.();
    this.enqueue(async () => {
      this.stores.clear();
      request.onsuccess?.();
    });
    return request;
  }

  /** Resolves when everything that was asked for until now has happened. */
  async idle(): Promise<void> {
    let seen: Promise<void> | null = null;
    while (seen !== this.#queue) {
      seen = this.#queue;
      await seen;
      // What waits for an answer may ask again.
      await new Promise((resolve) => later(resolve));
    }
  }
}

export const FakeKeyRange = { bound: (lower: Key, upper: Key): Range => ({ lower, upper }) };

function isRange(wanted: Key | Range): wanted is Range {
  return typeof wanted === "object" && !Array.isArray(wanted);
}

/** As IndexedDB orders keys: numbers, then strings, then arrays. */
function compare(a: Key, b: Key): number {
  const rank = (key: Key) => (Array.isArray(key) ? 2 : typeof key === "string" ? 1 : 0);
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (!Array.isArray(a) || !Array.isArray(b)) return a < b ? -1 : a > b ? 1 : 0;
  for (const [index, part] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const order = compare(part, other);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
