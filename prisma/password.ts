// Passwords: their hashes, and made-up ones. Who may try how often is not decided here: see server/auth.
import { randomInt } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane; some 30 ms of one core. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let dummy: Promise<string> | undefined;

/** The argon2id hash to store for `plain`, in PHC form. */
export function hashPassword(plain: string): Promise<string> {
  return hash(plain.normalize("NFKC"), COST);
}

/**
 * Whether `plain` belongs to `stored`. Null stands for an unknown user: the answer is false, and takes as long as for
 * a known one. A stored hash that cannot be read counts as a wrong password.
 */
export async function verifyPassword(stored: string | null, plain: string): Promise<boolean> {
  dummy ??= hashPassword("nobody's password");
  const fallback = await dummy;
  try {
    const matches = await verify(stored ?? fallback, plain.normalize("NFKC"));
    return matches && stored !== null;
  } catch {
    return false;
  }
}

/** Four groups of four letters and digits without look-alikes: 80 bits. */
export function makePassword(): string {
  const letters = "abcdefghijkmnpqrstuvwxyz23456789";
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join("");
  return [group(), group(), group(), group()].join("-");
}
