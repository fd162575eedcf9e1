// A copy of the document in this browser, per user and document, so that nothing is lost when the connection is, or
// the tab. Updates and the note that they are not sent yet are written in one transaction, so neither can lie. If
// IndexedDB is missing or fails, `state` says so and nothing else breaks.
import * as Y from "yjs";
import {
  clearCopy,
  openCopies,
  readCopy,
  readUnsentTabs,
  settleTabs,
  type UnsentTabs,
  writeCopy,
} from "#app/_collab/local-store.ts";

/** working: every write so far succeeded. failed: not available here, taken away, or a write was refused (disk full). */
export type CopyState = "opening" | "working" | "failed";

export interface LocalCopyOptions {
  documentId: string;
  userId: string;
  schemaVersion: number;
  doc: Y.Doc;
  /** Whether a change with this origin was made here (and so has to be sent), not received. */
  isLocal(origin: unknown): boolean;
  onChange(): void;
}

/** ms that what the server has already may wait, to be written together: a disk transaction for each costs too much. */
const RECEIVED_WAITS = 500;

export class LocalCopy {
  readonly #options: LocalCopyOptions;
  readonly #name: string;
  readonly #tab = crypto.randomUUID();
  #database: IDBDatabase | null = null;
  #state: CopyState = "opening";
  #queue: Uint8Array[] = [];
  /** Something of the queue, or of what is being written, was made here. */
  #ownQueued = false;
  #ownWriting = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Writes of this tab with edits that were made here, and whether the store has a mark that the last is unsent. */
  #ownWrites = 0;
  #marked = false;
  /** Some edit of this tab is not known to be committed. */
  #pending = false;
  #writing: Promise<void> | null = null;
  #complete = false;
  /** Other tabs with unsent edits, all of which are in this document too. */
  #others: UnsentTabs = new Map();
  #loading: Promise<unknown> | null = null;
  #destroyed = false;

  constructor(options: LocalCopyOptions) {
    this.#options = options;
    this.#name = copyName(options.userId, options.documentId);
    options.doc.on("update", this.#onUpdate);
  }

  get state(): CopyState {
    return this.#state;
  }

  /** Everything that was made here is on disk. */
  get idle(): boolean {
    return this.#state === "working" && !this.#ownQueued && !this.#ownWriting;
  }

  /**
   * Puts what is stored into the document. Never rejects. `complete`: it once held all that the server had, so it may
   * be edited without a connection. `pending`: it holds edits that the server may not have.
   */
  load(): Promise<{ complete: boolean; pending: boolean }> {
    const loading = this.#load();
    this.#loading = loading;
    return loading;
  }

  async #load(): Promise<{ complete: boolean; pending: boolean }> {
    try {
      const database = await openCopies(this.#onLost);
      this.#database = database;
      const stored = await readCopy(database, this.#name);
      if (stored.schemaVersion > this.#options.schemaVersion) {
        // Written by a newer editor: this one would delete what it does not know. Leave it alone.
        throw new Error("The local copy was written by a newer editor.");
      }
      if (this.#destroyed) return { complete: false, pending: false };
      this.#state = "working";
      this.#others = stored.unsent;
      this.#complete = stored.complete;
      this.#apply(stored.updates);
      this.#write();
      return { complete: stored.complete, pending: stored.unsent.size > 0 };
    } catch {
      this.#fail();
      return { complete: false, pending: false };
    } finally {
      this.#options.onChange();
    }
  }

  /**
   * Puts into the document what other tabs wrote since and have not sent: they may be closed by now. To whoever listens
   * to the document it is a change that was made here, and has to be sent. Never rejects.
   */
  async adopt(): Promise<void> {
    const database = this.#database;
    if (!database || this.#state !== "working") return;
    try {
      const unsent = await readUnsentTabs(database, this.#name);
      unsent.delete(this.#tab);
      if ([...unsent].every(([tab, write]) => this.#others.get(tab) === write)) return;
      const stored = await readCopy(database, this.#name);
      const isNewer = stored.schemaVersion > this.#options.schemaVersion;
      if (this.#destroyed || this.state !== "working" || isNewer) return; // The state may be another one by now.
      // What came from the server is not known to be committed before its author is told: its mark is the author's.
      if (!this.#apply(stored.updates)) return;
      stored.unsent.delete(this.#tab);
      this.#others = stored.unsent;
    } catch {
      this.#fail();
    }
    this.#options.onChange();
  }

  /** The document holds all that the server has. */
  markComplete(): void {
    if (this.#complete || this.#state !== "working") return;
    this.#complete = true;
    this.#queue.push(Y.encodeStateAsUpdate(this.#options.doc));
    this.#write();
  }

  /** Every edit in the document is committed: nothing of it is pending any more, whichever tab wrote it. */
  markSettled(): void {
    this.#pending = false;
    const tabs = this.#others;
    if (this.#marked) tabs.set(this.#tab, this.#ownWrites);
    if (!this.#database || tabs.size === 0 || this.#state !== "working") return;
    this.#others = new Map();
    this.#marked = false;
    settleTabs(this.#database, this.#name, tabs).catch(() => this.#fail());
  }

  /**
   * Forgets it, because the user may not have it any more. `unlessUnsent`: not if this or another tab has something in
   * it that was not sent. Never rejects; nothing is written after it.
   */
  async clear({ unlessUnsent = false } = {}): Promise<void> {
    this.destroy();
    this.#fail();
    await this.#loading;
    if (this.#database) await clearCopy(this.#database, this.#name, unlessUnsent).catch(() => {});
  }

  destroy(): void {
    this.#destroyed = true;
    this.#options.doc.off("update", this.#onUpdate);
    this.#write();
  }

  /** Whether the document did not have all of it. */
  #apply(updates: Uint8Array[]): boolean {
    const { doc } = this.#options;
    let isNews = false;
    const onNews = () => {
      isNews = true;
    };
    doc.on("update", onNews);
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update);
    }, this);
    doc.off("update", onNews);
    return isNews;
  }

  #onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin === this || this.#state === "failed") return;
    this.#queue.push(update);
    if (!this.#options.isLocal(origin)) {
      this.#timer ??= setTimeout(this.#write, RECEIVED_WAITS);
      return;
    }
    this.#pending = true;
    this.#ownQueued = true;
    this.#write();
  };

  /** One transaction at a time; what arrives meanwhile goes with the next. */
  #write = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const database = this.#database;
    if (!database || this.#writing || this.#queue.length === 0 || this.#state !== "working") return;
    const updates = this.#queue;
    const only = updates.length === 1 ? updates[0] : undefined;
    const { schemaVersion } = this.#options;
    const isUnsent = this.#pending && this.#ownQueued;
    const unsent = isUnsent ? { tab: this.#tab, write: ++this.#ownWrites } : null;
    this.#queue = [];
    this.#ownWriting = this.#ownQueued;
    this.#ownQueued = false;
    this.#marked ||= isUnsent;
    const update = only ?? Y.mergeUpdates(updates);
    this.#writing = writeCopy(database, this.#name, { update, unsent, complete: this.#complete, schemaVersion })
      .catch(() => this.#fail())
      .finally(() => {
        this.#writing = null;
        this.#ownWriting = false;
        if (this.#ownQueued) this.#write();
        else if (this.#queue.length > 0) this.#timer ??= setTimeout(this.#write, RECEIVED_WAITS);
        this.#options.onChange();
      });
  };

  #onLost = (): void => {
    this.#database = null;
    this.#fail();
    this.#options.onChange();
  };

  #fail(): void {
    clearTimeout(this.#timer);
    this.#state = "failed";
    this.#queue = [];
  }
}

/** The user's id is part of the name: somebody else in the same browser never sees the copy. */
function copyName(userId: string, documentId: string): string {
  return `${userId}/${documentId}`;
}
