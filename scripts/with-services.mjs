// Runs one command with a Redis and a PostgreSQL of its own, for example
//   node scripts/with-services.mjs npx vitest run --project integration
// The command finds them in TEST_REDIS_URL and TEST_DATABASE_URL.
import { spawn } from "node:child_process";
import { startServices } from "./test-services.mjs";
import { ensureTools } from "./test-tools.mjs";

const [command, ...args] = process.argv.slice(2);
if (!command) {
  console.error("usage: node scripts/with-services.mjs <command> [arguments]");
  process.exit(2);
}
ensureTools();
const services = await startServices();
const child = spawn(command, args, { stdio: "inherit", env: { ...process.env, ...services.env } });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
const end = async (code) => {
  await services.stop();
  process.exit(code);
};
child.on("error", (error) => {
  console.error(error.message);
  end(127);
});
child.on("exit", (code) => end(code ?? 1));
