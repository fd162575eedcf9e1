// The form in which a room's name goes into a text column. Postgres refuses NUL and would turn every lone surrogate
// into the same character; names made of ordinary text stay as they are.

/** Injective: two rooms never share a key. */
export function roomKey(room: string): string {
  return room.replaceAll(/[\0\\]|\p{Surrogate}/gu, (char) => `\\${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
