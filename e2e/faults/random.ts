// A small seeded random number generator, so that a failing run can be repeated: FAULT_SEED=<number printed>.
// How long the fault tests are comes from FAULT_ROUNDS: so many times the short form of `npm test`.

export const rounds = Number(process.env.FAULT_ROUNDS ?? 1);
export const seed = Number(process.env.FAULT_SEED ?? Date.now() % 1_000_000);

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function createRandom(from: number): () => number {
  let state = from >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A pause; only for choosing the moment of a fault, never to wait for a condition. */
export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
