// What Yjs keeps of updates that build on edits which a document does not have: how much it is, whether an update added
// to it, and how to take that back.
import type * as Y from "yjs";

type Store = Y.Doc["store"];
type Waiting = Pick<Store, "pendingStructs" | "pendingDs">;

/** As it is now; Yjs changes the object itself. */
export function keepWaiting({ pendingStructs, pendingDs }: Store): Waiting {
  if (!pendingStructs) return { pendingStructs, pendingDs };
  return { pendingStructs: { missing: new Map(pendingStructs.missing), update: pendingStructs.update }, pendingDs };
}

export function restoreWaiting(store: Store, { pendingStructs, pendingDs }: Waiting): void {
  store.pendingStructs = pendingStructs;
  store.pendingDs = pendingDs;
}

export function bytesWaiting({ pendingStructs, pendingDs }: Waiting): number {
  return (pendingStructs?.update.length ?? 0) + (pendingDs?.length ?? 0);
}

export function isWaitingMore(now: Waiting, before: Waiting): boolean {
  const [structs, formerStructs] = [now.pendingStructs?.update ?? null, before.pendingStructs?.update ?? null];
  return grew(formerStructs, structs) || grew(before.pendingDs, now.pendingDs);
}

/** Whether something joined what was pending. Yjs encodes it anew on every update, so the bytes are compared. */
function grew(before: Uint8Array | null, after: Uint8Array | null): boolean {
  if (after === null || after === before) return false;
  return before === null || before.length !== after.length || before.some((byte, index) => byte !== after[index]);
}
