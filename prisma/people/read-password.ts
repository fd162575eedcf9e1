// A password that an operator hands to `people` by standard input: from a pipe, or typed without being shown.
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { Refusal } from "#prisma/people/accounts.ts";

const SHORTEST = 12;
/** What the login takes (server/auth/providers/credentials.ts). */
const LONGEST = 1024;

type Input = NodeJS.ReadableStream & { isTTY?: boolean };

/** The one line that comes. `ask` shows a question to whoever types. Throws a Refusal if it is no good password. */
export async function readPassword(input: Input, ask: (question: string) => void): Promise<string> {
  const lines = input.isTTY ? [await typed(input, ask)] : await piped(input);
  const [password = "", ...others] = lines;
  if (others.length > 0) throw new Refusal("A password is one line.");
  if (/\p{Cc}/u.test(password)) throw new Refusal("A password has no control characters.");
  if ([...password].length < SHORTEST) throw new Refusal(`A password has at least ${SHORTEST} characters.`);
  if (password.length > LONGEST) throw new Refusal(`A password has at most ${LONGEST} characters.`);
  return password;
}

async function piped(input: Input): Promise<string[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks)
    .toString("utf8")
    .replace(/\r?\n$/, "")
    .split(/\r?\n/);
}

function typed(input: Input, ask: (question: string) => void): Promise<string> {
  // A terminal that readline reads does not echo, and what readline itself would write goes nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: true, historySize: 0 });
  return new Promise((resolve, reject) => {
    lines.once("line", resolve);
    // Ctrl+C and Ctrl+D; after a line it comes too late to matter.
    lines.once("close", () => reject(new Refusal("No password was typed.")));
    ask("New password (not shown): ");
  }).finally(() => {
    lines.close();
    ask("\n");
  }) as Promise<string>;
}
