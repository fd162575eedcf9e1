// The latest warnings and errors of this process, for diagnostic dumps: what happened and to which room, without the
// text of errors, which may quote what somebody sent.

export interface Warning {
  at: string;
  level: "warn" | "error" | "fatal";
  /** The line's own words, which are constant. */
  text: string;
  /** Of the fields of the line those that are ids, numbers and codes. */
  fields: Record<string, string | number>;
  /** Name and code of the error. */
  error?: string;
}

const MOST = 50;
const FIELDS = ["room", "connection", "user", "partition", "code", "rooms", "connections", "server", "worker"];

const warnings: Warning[] = [];

/** `args` are those of a call of the logger: fields and text, or text alone. */
export function keepWarning(level: number, args: unknown[]): void {
  const [first, second] = args;
  const text = typeof first === "string" ? first : typeof second === "string" ? second : "";
  const given = typeof first === "object" && first !== null ? (first as Record<string, unknown>) : {};
  const fields: Warning["fields"] = {};
  for (const name of FIELDS) {
    const value = given[name];
    if (typeof value === "string" || typeof value === "number") fields[name] = value;
  }
  const warning: Warning = {
    at: new Date().toISOString(),
    level: level >= 60 ? "fatal" : level >= 50 ? "error" : "warn",
    text,
    fields,
  };
  if (given.err instanceof Error) {
    const { name, code } = given.err as Error & { code?: unknown };
    warning.error = typeof code === "string" || typeof code === "number" ? `${name} ${code}` : name;
  }
  if (warnings.push(warning) > MOST) warnings.shift();
}

/** Oldest first. */
export function latestWarnings(): readonly Warning[] {
  return warnings;
}
