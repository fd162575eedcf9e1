// A room that was deleted does not come back by what its old connections still say: from the deletion on, only those
// are heard that connected afterwards. Erasing what is stored is live-room.ts' business.
import { address } from "./audience.ts";
import type { Item } from "./room-host.ts";

/** ms that a deleted room remembers it, at least: what was under way has arrived by then. */
export const REMEMBER = 10_000;

export class Deletion {
  #connected = new Set<string>();

  /** Answers what is not from before the deletion; the rest goes to `onOld`. To be asked in order. */
  sift(items: Item[], onOld: (items: Item[]) => void): Item[] {
    const old: Item[] = [];
    const kept: Item[] = [];
    for (const item of items) (this.#isOld(item) ? old : kept).push(item);
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
