// The IndexedDB behind local copies: one database, rows keyed by the name of the copy. Only local-copy.ts and the
// sign-out button use it.
import * as Y from "yjs";

const DATABASE = "yroom-local-copies";
/** Rows of one copy after which they are merged into one. */
const MERGE_AT = 200;
/** The largest row, the document as it was opened, is written again when the edits since are this share of it. */
const WHOLE_SHARE = 4;

/** Tabs that wrote edits and never said that they are saved, each with the number of its last such write. */
export type UnsentTabs = Map<string, unknown>;

export interface LoadedCopy {
  updates: Uint8Array[];
  unsent: UnsentTabs;
  complete: boolean;
  schemaVersion: number;
}

interface About {
  complete: boolean;
  schemaVersion: number;
}

/** `onLost` hears that the database was closed under the page: nothing can be read or written with it any more. */
export async function openCopies(onLost?: () => void): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    const database = request.result;
    database.createObjectStore("updates", { autoIncrement: true }).createIndex("copy", "copy");
    database.createObjectStore("pending");
    database.createObjectStore("about");
  };
  const database = await result(request);
  // Another tab wants to delete the database (sign-out): do not block it.
  database.onversionchange = () => {
    database.close();
    onLost?.();
  };
  // The browser closed it: somebody deleted this site's data, or the disk is broken.
  database.onclose = () => onLost?.();
  return database;
}

export async function readCopy(database: IDBDatabase, copy: string): Promise<LoadedCopy> {
  const transaction = database.transaction(["updates", "pending", "about"], "readonly");
  const [rows, unsent, about] = await Promise.all([
    result<{ update: Uint8Array }[]>(transaction.objectStore("updates").index("copy").getAll(copy)),
    unsentTabs(transaction, copy),
    result<About | undefined>(transaction.objectStore("about").get(copy)),
  ]);
  return {
    updates: rows.map((row) => row.update),
    unsent,
    complete: about?.complete ?? false,
    schemaVersion: about?.schemaVersion ?? 0,
  };
}

export function readUnsentTabs(database: IDBDatabase, copy: string): Promise<UnsentTabs> {
  return unsentTabs(database.transaction("pending", "readonly"), copy);
}

async function unsentTabs(transaction: IDBTransaction, copy: string): Promise<UnsentTabs> {
  const pending = transaction.objectStore("pending");
  const [keys, writes] = await Promise.all([
    result<IDBValidKey[]>(pending.getAllKeys(tabsOf(copy))),
    result<unknown[]>(pending.getAll(tabsOf(copy))),
  ]);
  return new Map(keys.map((key, index) => [String((key as unknown[])[1]), writes[index]]));
}

/** Resolves when the update is on disk. `unsent` notes in the same transaction that it has to be sent. */
export async function writeCopy(
  database: IDBDatabase,
  copy: string,
  { update, unsent, ...about }: About & { update: Uint8Array; unsent: { tab: string; write: number } | null },
): Promise<void> {
  const transaction = database.transaction(["updates", "pending", "about"], "readwrite");
  const updates = transaction.objectStore("updates");
  updates.add({ copy, update });
  transaction.objectStore("about").put(about, copy);
  if (unsent) transaction.objectStore("pending").put(unsent.write, [copy, unsent.tab]);
  const count = updates.index("copy").count(copy);
  count.onsuccess = () => {
    if (count.result >= MERGE_AT) mergeRows(updates, copy);
  };
  await done(transaction);
}

/** Inside the same transaction, so that another tab's rows are either merged or not touched. */
function mergeRows(updates: IDBObjectStore, copy: string): void {
  const keys = updates.index("copy").getAllKeys(copy);
  const rows = updates.index("copy").getAll(copy);
  rows.onsuccess = () => {
    const all = (rows.result as { update: Uint8Array }[]).map(({ update }, index) => ({
      update,
      key: keys.result[index],
    }));
    const [whole, ...small] = all.sort((a, b) => b.update.length - a.update.length);
    if (!whole) return;
    // The small ones first: Yjs looks at every update of a merge for each of their parts, and the document has many.
    const edits = Y.mergeUpdates(small.map(({ update }) => update));
    const worth = edits.length * WHOLE_SHARE > whole.update.length;
    updates.add({ copy, update: worth ? Y.mergeUpdates([whole.update, edits]) : edits });
    for (const { key } of worth ? all : small) updates.delete(key as IDBValidKey);
  };
}

/** The edits of these tabs are saved, up to these writes: a tab that has written again still has something to send. */
export async function settleTabs(database: IDBDatabase, copy: string, tabs: UnsentTabs): Promise<void> {
  const transaction = database.transaction("pending", "readwrite");
  const pending = transaction.objectStore("pending");
  for (const [tab, write] of tabs) {
    const last = pending.get([copy, tab]);
    last.onsuccess = () => {
      if (last.result === write) pending.delete([copy, tab]);
    };
  }
  await done(transaction);
}

/** `unlessUnsent`: all of it stays as long as any tab has something in it that was not sent. */
export async function clearCopy(database: IDBDatabase, copy: string, unlessUnsent: boolean): Promise<void> {
  const transaction = database.transaction(["updates", "pending", "about"], "readwrite");
  const [updates, pending] = [transaction.objectStore("updates"), transaction.objectStore("pending")];
  const unsent = pending.count(tabsOf(copy));
  unsent.onsuccess = () => {
    if (unlessUnsent && unsent.result > 0) return;
    const keys = updates.index("copy").getAllKeys(copy);
    keys.onsuccess = () => {
      for (const key of keys.result) updates.delete(key);
    };
    pending.delete(tabsOf(copy));
    transaction.objectStore("about").delete(copy);
  };
  await done(transaction);
}

/** Whether some local copy holds edits that no server is known to have. */
export async function hasUnsentCopies(): Promise<boolean> {
  try {
    const database = await openCopies();
    const count = await result(database.transaction("pending", "readonly").objectStore("pending").count());
    database.close();
    return count > 0;
  } catch {
    // A browser without storage has no copies either.
    return false;
  }
}

/** Forgets every local copy in this browser; the sign-out button calls it. Never rejects. */
export async function clearLocalCopies(): Promise<void> {
  await new Promise<void>((resolve) => {
    if (typeof indexedDB === "undefined") return resolve();
    const request = indexedDB.deleteDatabase(DATABASE);
    request.onsuccess = request.onerror = request.onblocked = () => resolve();
  });
}

function tabsOf(copy: string): IDBKeyRange {
  return IDBKeyRange.bound([copy], [copy, []]);
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}
