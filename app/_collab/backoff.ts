// How long to wait before the next attempt to connect.

/** ms; the longest wait stays below the 5 s within which rooms are the same again after a fault. */
const FIRST = 250;
export const LONGEST_PAUSE = 4_000;

/** Exponential with full jitter, so that a thousand tabs do not come back at the same instant. */
export function retryDelay(attempt: number, random: () => number): number {
  const most = Math.min(LONGEST_PAUSE, FIRST * 2 ** attempt);
  return Math.round(FIRST / 2 + random() * (most - FIRST / 2));
}
