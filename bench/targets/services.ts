// Redis and PostgreSQL as they run in earnest: the append-only file synced every second, fsync on.
import { execFileSync } from "node:child_process";
import { chownSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { postgresFolder } from "../../scripts/test-tools.mjs";
import { type Child, freePort, isOpen, startChild, until } from "./child.ts";

export interface Redis {
  child: Child;
  url: string;
  port: number;
}

/** `folder` keeps its data; a second start with the same folder and port finds it again. */
export async function startRedis(folder: string, port?: number): Promise<Redis> {
  const own = port ?? (await freePort());
  mkdirSync(folder, { recursive: true });
  const options = ["--port", String(own), "--bind", "127.0.0.1", "--dir", folder, "--save", ""];
  const child = startChild("redis-server", [...options, "--appendonly", "yes", "--appendfsync", "everysec"]);
  await until(() => isOpen(own), child, "redis-server");
  return { child, port: own, url: `redis://127.0.0.1:${own}` };
}

export interface Postgres {
  child: Child;
  url: string;
}

export async function startPostgres(folder: string): Promise<Postgres> {
  const port = await freePort();
  mkdirSync(folder, { recursive: true });
  const account = postgresAccount();
  if (account.uid !== undefined) chownSync(folder, account.uid, account.gid);
  const env: NodeJS.ProcessEnv = { PATH: process.env.PATH, LC_ALL: "C.UTF-8", NODE_ENV: "production" };
  const options = { ...account, cwd: folder, env };
  const data = join(folder, "data");
  const bin = postgresFolder();
  if (!bin) throw new Error("PostgreSQL is not installed");
  execFileSync(join(bin, "initdb"), ["-D", data, "-U", "yroom", "-A", "trust", "-E", "UTF8", "--no-sync"], {
    ...options,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const settings = [`port=${port}`, "listen_addresses=127.0.0.1", `unix_socket_directories=${folder}`, "fsync=on"];
  const child = startChild(join(bin, "postgres"), ["-D", data, ...settings.flatMap((s) => ["-c", s])], options);
  await until(() => isOpen(port), child, "postgres");
  return { child, url: `postgresql://yroom@127.0.0.1:${port}/postgres` };
}

/** The account that PostgreSQL runs as: it refuses root. */
function postgresAccount(): { uid: number; gid: number } | { uid?: undefined } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}
