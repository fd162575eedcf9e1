// Something that must be done, sooner or later, while the store may be away.

/** ms between two attempts. */
const PAUSE = 1_000;

/** Tries until it works, or until it is not wanted any more: then null. `onFirst` hears why the first attempt failed. */
export async function insist<Value>(
  action: () => Promise<Value>,
  wanted: () => boolean,
  onFirst: (error: unknown) => void,
): Promise<{ value: Value } | null> {
  for (let attempt = 0; wanted(); attempt++) {
    try {
      return { value: await action() };
    } catch (error) {
      if (attempt === 0) onFirst(error);
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
  return null;
}
