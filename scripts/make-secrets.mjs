// Writes the secrets of a Docker installation into a volume, once; later runs keep what is there.
// `npm start` has its own (lib/data-dir.ts).
import { randomBytes } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node scripts/make-secrets.mjs <folder>");
  process.exit(2);
}
for (const name of ["nextauth-secret", "postgres-password"]) {
  const path = join(folder, name);
  if (existsSync(path)) continue;
  writeFileSync(path, randomBytes(33).toString("base64url"), { mode: 0o400, flag: "wx" });
  console.log(`generated ${name}`);
}
