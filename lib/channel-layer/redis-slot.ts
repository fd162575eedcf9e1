// The hash slot of a key in a Redis Cluster, and what a node answers when a key lives elsewhere: CRC16 (XMODEM) of
// the hash tag, modulo 16384.

const SLOTS = 16_384;

export function slotOf(key: string): number {
  const open = key.indexOf("{");
  const close = key.indexOf("}", open + 1);
  const tag = open >= 0 && close > open + 1 ? key.slice(open + 1, close) : key;
  let crc = 0;
  for (const byte of Buffer.from(tag)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc % SLOTS;
}

/** An answer that says: not done, ask there (`address`), or ask again (null). */
export interface Redirect {
  kind: "moved" | "ask" | "again";
  slot: number | null;
  /** `host:port`; the host may be empty, then it is that of the node which answered. */
  address: string | null;
}

/** Null if the error is another one: only these mean for sure that the command was not carried out. */
export function redirectOf(error: unknown): Redirect | null {
  const message = error instanceof Error ? error.message : "";
  const [, kind, slot, address] = /^(MOVED|ASK) (\d+) (\S+)/.exec(message) ?? [];
  if (kind && slot && address) return { kind: kind === "ASK" ? "ask" : "moved", slot: Number(slot), address };
  return /^(CLUSTERDOWN|TRYAGAIN|LOADING|MASTERDOWN|READONLY) /.test(message)
    ? { kind: "again", slot: null, address: null }
    : null;
}
