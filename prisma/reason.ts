// Why something failed, in the one line that an operator reads.

/** A refused connection hides its reasons in a list; Prisma tells the call first, and the reason last. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  const message = error instanceof Error ? error.message : String(error);
  const lines = message.trim().split("\n");
  return (lines[0]?.startsWith("Invalid `") ? lines.at(-1) : lines[0]) ?? message;
}
