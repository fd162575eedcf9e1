// Latencies in ms, counted in buckets: exact to 0.02 ms below 20 ms, to 0.1 % above. No sample is kept by itself, so
// millions a minute cost nothing.

const FINE = 1000; // buckets of 0.02 ms up to 20 ms
const PER_DOUBLING = 512;

/** What a histogram says; all in ms. */
export interface Summary {
  count: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

export class Histogram {
  #buckets = new Uint32Array(FINE + PER_DOUBLING * 16);
  #max = 0;
  count = 0;

  /** `value` in ms; below 0 counts as 0. */
  record(value: number): void {
    this.count++;
    if (value > this.#max) this.#max = value;
    const bucket =
      value < 20 ? Math.max(0, Math.floor(value * 50)) : FINE + Math.floor(Math.log2(value / 20) * PER_DOUBLING);
    const index = Math.min(bucket, this.#buckets.length - 1);
    this.#buckets[index] = (this.#buckets[index] ?? 0) + 1;
  }

  /** The value below which `share` (0 to 1) of the samples lie; NaN without samples. */
  quantile(share: number): number {
    if (this.count === 0) return Number.NaN;
    let left = Math.ceil(this.count * share);
    for (const [index, count] of this.#buckets.entries()) {
      left -= count;
      if (left > 0) continue;
      const upper = index < FINE ? (index + 1) / 50 : 20 * 2 ** ((index - FINE + 1) / PER_DOUBLING);
      return Math.min(upper, this.#max);
    }
    return this.#max;
  }

  summary(): Summary {
    const of = (share: number) => this.quantile(share);
    return { count: this.count, p50: of(0.5), p95: of(0.95), p99: of(0.99), max: this.#max };
  }
}
