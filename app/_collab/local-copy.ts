// A copy of the document in this browser, per user and document, so that nothing is lost when the connection is, or
// the tab. Updates and the note that they are not sent yet are written in one transaction, so neither can lie. If
// IndexedDB is missing or fails, `state` says so and nothing else breaks.
import * as Y from "yjs";
import { clearCopy, type LoadedCopy, openCopies, readCopy, settleTabs, writeCopy } from "#app/_collab/local-store.ts";

/** working: every write so far succeeded. failed: not available here, or a write was refused (disk full). */
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
  /** Some edit of this tab is not known to be committed; and: the store says so. */
  #pending = false;
  #pendingStored = false;
  #writing: Promise<void> | null = null;
  #complete = false;
  #tabsAtLoad: string[] = [];
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
  async load(): Promise<{ complete: boolean; pending: boolean }> {
    try {
      const database = await openCopies();
      const stored: LoadedCopy = await readCopy(database, this.#name);
      if (stored.schemaVersion > this.#options.schemaVersion) {
        // Written by a newer editor: this one would delete what it does not know. Leave it alone.
        throw new Error("The local copy was written by a newer editor.");
      }
      if (this.#destroyed) return { complete: false, pending: false };
      this.#database = database;
      this.#state = "working";
      this.#tabsAtLoad = stored.tabs;
      this.#complete = stored.complete;
      if (stored.updates.length > 0) {
        this.#options.doc.transact(() => {
          for (const update of stored.updates) Y.applyUpdate(this.#options.doc, update);
        }, this);
      }
      this.#write();
      return { complete: stored.complete, pending: stored.tabs.length > 0 };
    } catch {
      this.#fail();
      return { complete: false, pending: false };
    } finally {
      this.#options.onChange();
    }
  }

  /** The document holds all that the server has. */
  markComplete(): void {
    if (this.#complete || this.#state !== "working") return;
    this.#complete = true;
    this.#queue.push(Y.encodeStateAsUpdate(this.#options.doc));
    this.#write();
  }

  /** Every edit is committed: nothing is pending any more, also not from tabs that were closed before this one. */
  markSettled(): void {
    this.#pending = false;
    const tabs = this.#pendingStored ? [...this.#tabsAtLoad, this.#tab] : this.#tabsAtLoad;
    if (!this.#database || tabs.length === 0 || this.#state !== "working") return;
    this.#tabsAtLoad = [];
    this.#pendingStored = false;
    settleTabs(this.#database, this.#name, tabs).catch(() => this.#fail());
  }

  /** Forgets it, because the user may not have it any more. */
  async clear(): Promise<void> {
    this.destroy();
    this.#fail();
    if (this.#database) await clearCopy(this.#database, this.#name).catch(() => {});
  }

  destroy(): void {
    this.#destroyed = true;
    this.#options.doc.off("update", this.#onUpdate);
    this.#write();
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
    const pendingTab = this.#pending && !this.#pendingStored ? this.#tab : null;
    this.#queue = [];
    this.#ownWriting = this.#ownQueued;
    this.#ownQueued = false;
    this.#pendingStored ||= this.#pending;
    const update = only ?? Y.mergeUpdates(updates);
    this.#writing = writeCopy(database, this.#name, { update, pendingTab, complete: this.#complete, schemaVersion })
      .catch(() => this.#fail())
      .finally(() => {
        this.#writing = null;
        this.#ownWriting = false;
        if (this.#ownQueued) this.#write();
        else if (this.#queue.length > 0) this.#timer ??= setTimeout(this.#write, RECEIVED_WAITS);
        this.#options.onChange();
      });
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
