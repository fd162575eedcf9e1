// What Yjs keeps of updates that build on edits which a document does not have: how much it is, whether an update added
// to it, how to take that back, and whether an update can be kept until they come.
import * as Y from "yjs";
import { LIMITS } from "#lib/protocol.ts";

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

export function isWaiting({ pendingStructs, pendingDs }: Waiting): boolean {
  return pendingStructs !== null || pendingDs !== null;
}

/** Null if it is not. Yjs goes over all of it with every update of anybody: over deletions always, so they are fewer. */
export function whyTooMuch({ pendingStructs, pendingDs }: Waiting): string | null {
  if ((pendingStructs?.update.length ?? 0) > LIMITS.waitingBytes) {
    return `at most ${LIMITS.waitingBytes} bytes may wait for edits that are not there`;
  }
  if ((pendingDs?.length ?? 0) > LIMITS.waitingDeletions) {
    return `at most ${LIMITS.waitingDeletions} bytes of deletions may wait for edits that are not there`;
  }
  return null;
}

/**
 * Whether an update (V1) can be merged with others as it is. Yjs reads some bytes that it cannot merge, and expects each
 * client once, the highest number first.
 */
export function isMergeable(update: Uint8Array): boolean {
  try {
    let [client, end] = [Number.POSITIVE_INFINITY, 0];
    for (const { id, length } of Y.decodeUpdate(update).structs) {
      if (id.client > client || (id.client === client && id.clock !== end)) return false;
      [client, end] = [id.client, id.clock + length];
    }
    return true;
  } catch {
    return false;
  }
}

export function isWaitingMore(now: Waiting, before: Waiting): boolean {
  const [structs, formerStructs] = [now.pendingStructs?.update ?? null, before.pendingStructs?.update ?? null];
  return grew(formerStructs, structs) || grew(before.pendingDs, now.pendingDs);
}

/** Whether something joined what was pending. Yjs encodes it anew on every update, so the bytes are compared. */
function grew(before: Uint8Array | null, after: Uint8Array | null): boolean {
  if (after === null || after === before) return false;
  return before === null || Buffer.compare(before, after) !== 0;
}
