// What a person who typed `npm start` reads: where to go, who to be, what to do next, or why it did not start.
import type { Env } from "#lib/env.ts";
import type { Prepared } from "#prisma/prepare.ts";

interface Greeting {
  env: Env;
  port: number;
  database: string;
  layer: string;
  prepared: Prepared;
  ms: number;
}

export function greet({ env, port, database, layer, prepared, ms }: Greeting): void {
  const host = env.HOST === "0.0.0.0" || env.HOST === "::" ? "localhost" : env.HOST;
  const address = env.NEXTAUTH_URL ?? `http://${host}:${port}`;
  const lines = [`next-yroom is ready after ${(ms / 1000).toFixed(1)} s:  ${address}`, ""];
  if (env.SEED_DEMO) {
    lines.push(
      "Demo accounts, password yroom-demo:",
      "  ana@example.com    staff",
      "  ben@example.com    staff",
      "  admin@example.com  staff and admin",
      "  vera@example.com   not staff: she is turned away",
      "",
      "Next: log in as Ana here and as Ben in a private window, open the same document, and write.",
    );
  } else if (prepared.firstAdmin) {
    const { email, password } = prepared.firstAdmin;
    lines.push(`First administrator: ${email}`);
    if (password) lines.push(`Password, shown only now: ${password}`);
    lines.push("", "Next: log in and create a document.");
  } else {
    lines.push("Next: log in and write.");
  }
  const where = database === "pglite" ? `PGlite in ${env.DATA_DIR}` : "Postgres";
  lines.push(`Data: ${where}. Channel layer: ${layer === "memory" ? "in-process" : "Redis"}. Ctrl+C saves and stops.`);
  process.stdout.write(`\n${lines.map((line) => `  ${line}`.trimEnd()).join("\n")}\n\n`);
}

/** One line for an error that a person can do something about; the whole story for any other. */
export function explain(error: unknown, env: Env): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") return `Port ${env.PORT} is in use. Choose another: PORT=${env.PORT + 1} npm start`;
  if (code === "EACCES")
    return `This account may not listen on port ${env.PORT}. Choose one above 1023: PORT=3000 npm start`;
  if (typeof code === "string" && code.startsWith("DATA_DIR")) return error.message;
  if (error.message.startsWith("NEXTAUTH_SECRET")) return error.message;
  return error.stack ?? error.message;
}
