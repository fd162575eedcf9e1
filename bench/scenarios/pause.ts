// Waiting on purpose: for what happens by itself after some time.
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
