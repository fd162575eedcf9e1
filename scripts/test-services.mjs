// A Redis and a PostgreSQL of our own for the tests: free ports, a temporary folder, gone afterwards.
import { execFileSync, spawn } from "node:child_process";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { postgresFolder } from "./test-tools.mjs";

/** A TCP port of 127.0.0.1 that nobody uses right now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Resolves when `port` accepts connections; rejects if the process ends first or after 30 s. */
async function untilOpen(port, child, name) {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}:\n${child.output}`);
    const open = await new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true));
      socket.on("error", () => resolve(false));
      socket.on("connect", () => socket.destroy());
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${name} did not open port ${port} within 30 s:\n${child.output}`);
}

function startService(command, args, options) {
  // A group of its own: Ctrl+C in the terminal must not stop it before the tests that use it.
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"], detached: true });
  child.output = "";
  child.on("error", (error) => {
    child.output += error.message;
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      child.output = (child.output + chunk).slice(-10_000);
    });
  }
  return child;
}

function stopService(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
    child.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill(signal);
  });
}

/** The account that PostgreSQL runs as: it refuses root. */
function postgresAccount() {
  if (process.getuid?.() !== 0) return {};
  const id = (flag) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

/**
 * Starts both. Answers `{ env, stop }`: `env` holds TEST_REDIS_URL and TEST_DATABASE_URL (a superuser's, so that a
 * test can create its own databases); `stop()` ends both and removes their folder.
 */
export async function startServices() {
  const folder = mkdtempSync(join(tmpdir(), "yroom-test-"));
  const children = [];
  const stop = async () => {
    // SIGINT is PostgreSQL's fast shutdown.
    await Promise.all(children.map((child) => stopService(child, "SIGINT")));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const [redisPort, postgresPort] = [await freePort(), await freePort()];
    const redis = startService("redis-server", [
      ...["--port", String(redisPort), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no"],
    ]);
    children.push(redis);

    const account = postgresAccount();
    const data = join(folder, "postgres");
    if (account.uid !== undefined) chownSync(folder, account.uid, account.gid);
    const options = { ...account, cwd: folder, env: { PATH: process.env.PATH, LC_ALL: "C.UTF-8" } };
    const bin = postgresFolder();
    execFileSync(join(bin, "initdb"), ["-D", data, "-U", "yroom", "-A", "trust", "-E", "UTF8", "--no-sync"], {
      ...options,
      stdio: ["ignore", "ignore", "pipe"],
    });
    const settings = [`port=${postgresPort}`, "listen_addresses=127.0.0.1", `unix_socket_directories=${folder}`];
    settings.push("fsync=off", "max_connections=200", "log_min_messages=fatal");
    const postgres = startService(join(bin, "postgres"), ["-D", data, ...settings.flatMap((s) => ["-c", s])], options);
    children.push(postgres);

    await untilOpen(redisPort, redis, "redis-server");
    await untilOpen(postgresPort, postgres, "postgres");
    const env = {
      TEST_REDIS_URL: `redis://127.0.0.1:${redisPort}`,
      TEST_DATABASE_URL: `postgresql://yroom@127.0.0.1:${postgresPort}/postgres`,
    };
    return { env, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
