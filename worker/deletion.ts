// A room that was deleted does not come back by what its old connections still say: from the deletion on, only those
// are heard that connected afterwards. What else happens to it is live-room.ts' business.
import type { Log } from "#lib/log.ts";
import { address } from "./audience.ts";
import { insist } from "./insist.ts";
import type { Item } from "./room-host.ts";
import type { Fence, Storage } from "./storage/storage.ts";

/** ms that a deleted room remembers it, at least: what was under way has arrived by then. */
export const REMEMBER = 10_000;

export class Deletion {
  #connected = new Set<string>();
  /** Not from before: what has to wait for its turn is asked about again. */
  #kept = new WeakSet<Item>();

  /** Answers what is not from before the deletion; the rest goes to `onOld`. To be asked in order. */
  sift(items: Item[], onOld: (items: Item[]) => void): Item[] {
    const old: Item[] = [];
    const kept: Item[] = [];
    for (const item of items) {
      const isOld = !this.#kept.has(item) && this.#isOld(item);
      (isOld ? old : kept).push(item);
      if (!isOld) this.#kept.add(item);
    }
    onOld(old);
    return kept;
  }

  #isOld({ message, server }: Item): boolean {
    if (message.type === "request") return false;
    const id = address(server, message.connection);
    if (message.type === "disconnect") {
      this.#connected.delete(id);
      return false;
    }
    if (message.type === "connect" && !message.resync) this.#connected.add(id);
    return !this.#connected.has(id);
  }
}

/** Takes the room out of its storage, however long that is away; false if another worker owns it, or it is not `wanted`. */
export async function erase(
  { name, storage, fence }: { name: string; storage: Storage; fence: Fence },
  log: Log,
  wanted: () => boolean,
): Promise<boolean> {
  const onFirst = (error: unknown) => log.error({ err: error, room: name }, "cannot delete the room; trying again");
  return (await insist(() => storage.delete(name, fence), wanted, onFirst))?.value ?? false;
}
