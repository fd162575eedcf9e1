// One open document in one tab: the Y.Doc, its awareness, the connection, the local copy, and what the page may say
// and do because of them. Framework-free; use-collaboration.ts gives it to React.
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { type CloseMessage, closeMessage } from "#app/_collab/close-messages.ts";
import { LocalCopy } from "#app/_collab/local-copy.ts";
import { Provider } from "#app/_collab/provider.ts";
import { initialSaveState, nextSaveState, type SaveView, viewSaveState } from "#app/_collab/save-state.ts";
import type { Notice } from "#lib/messages.ts";
import { CLOSE, SCHEMA_VERSION } from "#lib/protocol.ts";

export interface CollaborationView {
  save: SaveView;
  /** The document is here: from the server, or from a local copy that was once complete. */
  ready: boolean;
  /** Ready, and the server has not refused us. */
  editable: boolean;
  /** Why the server closed the connection for good. */
  refused: CloseMessage | null;
  /** No connection for a while; `never` if there has been none on this page. */
  stalled: "never" | "lost" | null;
}

/** ms without a connection after which the page says what may be wrong. */
const PATIENCE = 7_500;
/** ms to wait for the local copy before connecting without it. */
const COPY_WITHIN = 1_500;
/** ms after which a browser that does not answer about the local copy counts as one that has none. */
const COPY_AT_ALL = 10_000;

export class Collaboration {
  readonly doc = new Y.Doc();
  readonly awareness = new Awareness(this.doc);
  readonly #options: { documentId: string; userId: string; onNotice(notice: Notice): void };
  readonly #copy: LocalCopy;
  #provider: Provider | null = null;
  #save = initialSaveState;
  #view: CollaborationView;
  #everSynced = false;
  #wasSynced = false;
  #copyComplete = false;
  #copyOverdue = false;
  #impatient = false;
  /** An attempt to connect has failed on this page. */
  #failed = false;
  #refused: number | null = null;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  #patienceTimer: ReturnType<typeof setTimeout> | undefined;
  #copyTimer: ReturnType<typeof setTimeout> | undefined;
  #guarding = false;
  #destroyed = false;
  #listeners = new Set<() => void>();
  /** What the listeners last heard, to tell them only news. */
  #shown = "";

  constructor(options: { documentId: string; userId: string; onNotice(notice: Notice): void }) {
    this.#options = options;
    this.#copy = new LocalCopy({
      documentId: options.documentId,
      userId: options.userId,
      schemaVersion: SCHEMA_VERSION,
      doc: this.doc,
      isLocal: (origin) => origin !== this.#provider,
      onChange: this.#update,
    });
    this.#view = { save: viewSaveState(this.#save, 0), ready: false, editable: false, refused: null, stalled: null };
    this.#view.save = { label: "connecting", tone: "quiet", announce: false, until: null };
    this.#wait();
    window.addEventListener("online", this.#onOnline);
    window.addEventListener("offline", this.#onOffline);
    document.addEventListener("visibilitychange", this.#onVisible);
    void this.#start();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  getView = (): CollaborationView => this.#view;

  /** Connects again at once, also after a refusal: somebody asked for it. */
  retry = (): void => this.#provider?.retry();

  destroy(): void {
    this.#destroyed = true;
    window.removeEventListener("online", this.#onOnline);
    window.removeEventListener("offline", this.#onOffline);
    document.removeEventListener("visibilitychange", this.#onVisible);
    this.#guard(false);
    clearTimeout(this.#saveTimer);
    clearTimeout(this.#patienceTimer);
    clearTimeout(this.#copyTimer);
    this.#provider?.destroy();
    this.#copy.destroy();
    this.awareness.destroy();
    this.doc.destroy();
  }

  async #start(): Promise<void> {
    this.#copyTimer = setTimeout(() => {
      this.#copyOverdue = true;
      this.#update();
    }, COPY_AT_ALL);
    const loaded = this.#copy.load().then((copy) => {
      this.#copyComplete = copy.complete;
      return copy;
    });
    const late = new Promise<{ pending: boolean }>((resolve) => setTimeout(resolve, COPY_WITHIN, { pending: false }));
    const { pending } = await Promise.race([loaded, late]);
    if (this.#destroyed) return;
    const origin = location.origin.replace(/^http/, "ws");
    this.#provider = new Provider({
      url: `${origin}/ws/prosemirror/${encodeURIComponent(this.#options.documentId)}?yroom=1&schema=${SCHEMA_VERSION}`,
      doc: this.doc,
      awareness: this.awareness,
      unsent: pending,
      onChange: this.#update,
      onNotice: this.#options.onNotice,
    });
    this.#update();
  }

  /** Something happened: look at everything again. */
  #update = (): void => {
    if (this.#destroyed) return;
    const provider = this.#provider;
    if (provider?.synced) this.#onSynced();
    this.#wasSynced = provider?.synced ?? false;
    if (provider?.connection.phase === "waiting") this.#failed = true;
    if (provider?.settled) this.#copy.markSettled();
    if (provider?.connection.phase === "refused" && this.#refused !== provider.connection.code) {
      this.#onRefused(provider.connection.code, provider.pending);
    } else if (provider?.synced) {
      // Not when the socket opens: a refusal comes right after that (R10).
      this.#refused = null;
    }
    if (!provider?.synced && this.#patienceTimer === undefined && !this.#impatient) this.#wait();
    this.#show();
  };

  #onSynced(): void {
    this.#everSynced = true;
    this.#impatient = false;
    clearTimeout(this.#patienceTimer);
    this.#patienceTimer = undefined;
    this.#copy.markComplete();
    if (!this.#wasSynced) void this.#copy.adopt();
  }

  #onRefused(code: number, pending: boolean): void {
    this.#refused = code;
    if (code === CLOSE.noAccess) void this.#copy.clear();
    // A document in the trash can come back, and then wants the edits that were never sent, also by another tab.
    if (code === CLOSE.noDocument && !pending) void this.#copy.clear({ unlessUnsent: true });
  }

  #wait(): void {
    this.#patienceTimer = setTimeout(() => {
      this.#impatient = true;
      this.#patienceTimer = undefined;
      this.#show();
    }, PATIENCE);
  }

  #show(): void {
    const now = performance.now();
    const pending = this.#provider?.pending ?? false;
    const kept = this.#copy.state === "working";
    // A copy that is not read yet may hold edits that were never sent.
    const settled = (this.#provider?.settled ?? false) && (this.#copy.state !== "opening" || this.#copyOverdue);
    this.#save = nextSaveState(this.#save, { connected: this.#provider?.synced ?? false, settled, pending, kept }, now);
    this.#guard(pending && !this.#copy.idle);
    let save = viewSaveState(this.#save, now);
    const refused = this.#refused;
    const starting = !this.#everSynced && !pending && !this.#failed && !this.#impatient && refused === null;
    if (starting && save.label === "offline") save = { ...save, label: "connecting", tone: "quiet" };
    // Nothing waits, and no connection is coming: the notice says why.
    if (refused !== null && save.label === "offline") save = { ...save, label: "read-only", tone: "quiet" };
    clearTimeout(this.#saveTimer);
    if (save.until !== null) this.#saveTimer = setTimeout(() => this.#show(), save.until - now);
    const ready = this.#everSynced || this.#copyComplete;
    const view: CollaborationView = {
      save,
      ready,
      editable: ready && refused === null,
      refused: refused === null ? null : closeMessage(refused, pending ? (kept ? "kept" : "only-here") : "saved"),
      stalled: this.#impatient && refused === null ? (this.#everSynced ? "lost" : "never") : null,
    };
    const shown = JSON.stringify({ ...view, save: { ...save, until: null } });
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#view = view;
    for (const listener of this.#listeners) listener();
  }

  /** Asks before the tab is closed, but only while edits exist nowhere else. */
  #guard(on: boolean): void {
    if (on === this.#guarding) return;
    this.#guarding = on;
    if (on) window.addEventListener("beforeunload", askBeforeLeaving);
    else window.removeEventListener("beforeunload", askBeforeLeaving);
  }

  #onOffline = (): void => this.#provider?.lost();

  /** A refusal is final until somebody asks: a glance at the tab must not connect whom an administrator sent away. */
  #onOnline = (): void => {
    if (this.#provider?.connection.phase !== "refused") this.retry();
  };

  #onVisible = (): void => {
    if (document.visibilityState === "visible") this.#onOnline();
  };
}

function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
