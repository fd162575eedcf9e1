// A PostgreSQL of a test's own that may be killed and started again, on a disk that may be full: a small tmpfs in a
// mount namespace of its own where the system lets us make one (it is gone with its last process), otherwise an
// ordinary folder and a limit on the size of files (FAULT_DISK=limit asks for that one).
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { postgresFolder } from "../../scripts/test-tools.mjs";
import { freePort } from "../processes.ts";
import { pause } from "./random.ts";

const DISK = "size=160m,mode=0755";
/** Small ones, so that a full disk is noticed at once and little of it is set aside. */
const WAL_SEGMENT_MB = "1";

export class TestPostgres {
  readonly #folder = mkdtempSync(join(tmpdir(), "yroom-postgres-"));
  readonly #bin = postgresFolder() as string;
  /** Keeps the namespace with the small disk. */
  #disk: ChildProcess | null = null;
  #process: ChildProcess | null = null;
  #output = "";
  port = 0;

  /** What a full disk is here. */
  get diskKind(): string {
    return this.#disk ? "a full tmpfs" : "a limit on the size of files";
  }

  url(port = this.port): string {
    return `postgresql://yroom@localhost:${port}/postgres`;
  }

  async create(): Promise<void> {
    this.port = await freePort();
    this.#disk = await mountDisk(this.#folder);
    const { uid, gid } = account();
    if (uid !== undefined && gid !== undefined) {
      if (this.#disk) this.#run("chown", `${uid}:${gid}`, this.#folder);
      else chownSync(this.#folder, uid, gid);
    }
    const options = ["-U", "yroom", "-A", "trust", "-E", "UTF8", "--no-sync", `--wal-segsize=${WAL_SEGMENT_MB}`];
    const [command = "", ...args] = this.#asPostgres(join(this.#bin, "initdb"), "-D", this.#data, ...options);
    execFileSync(command, args, { stdio: ["ignore", "ignore", "pipe"], env: this.#env, cwd: "/" });
    await this.start();
  }

  /** Resolves when it answers a query. */
  async start(): Promise<void> {
    const settings = [`port=${this.port}`, "listen_addresses=localhost", "unix_socket_directories="];
    settings.push("fsync=off", "max_connections=120", "min_wal_size=2MB", "max_wal_size=8MB");
    const args = ["-D", this.#data, ...settings.flatMap((setting) => ["-c", setting])];
    const [command = "", ...rest] = this.#asPostgres(join(this.#bin, "postgres"), ...args);
    const child = spawn(command, rest, { stdio: ["ignore", "pipe", "pipe"], env: this.#env, cwd: "/" });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        this.#output = (this.#output + chunk.toString()).slice(-50_000);
      });
    }
    this.#process = child;
    const deadline = Date.now() + 30_000;
    for (;;) {
      try {
        await this.query("SELECT 1");
        return;
      } catch (error) {
        if (Date.now() > deadline || !this.running) throw new Error(`postgres: ${error}\n${this.#output}`);
        await pause(30);
      }
    }
  }

  get running(): boolean {
    return this.#process !== null && this.#process.exitCode === null && this.#process.signalCode === null;
  }

  get output(): string {
    return this.#output;
  }

  /** One statement over a connection of its own, past every proxy. */
  async query<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.url(), connectionTimeoutMillis: 3_000 });
    client.on("error", () => {});
    try {
      await client.connect();
      return (await client.query<Row>(sql, values)).rows;
    } finally {
      await client.end().catch(() => {});
    }
  }

  /** SIGKILL to every process of it; resolves when they are gone. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (!child?.pid || !this.running) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    const below = childrenOf(child.pid);
    for (const pid of [child.pid, ...below]) signal(pid, "SIGKILL");
    await gone;
    while (below.some((pid) => existsSync(`/proc/${pid}`) && !isZombie(pid))) await pause(10);
  }

  /** As for a restart by its operator: its clients are told, and it refuses new ones. Resolves when it is gone. */
  async shutDown(): Promise<void> {
    const child = this.#process;
    if (!child?.pid || !this.running) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    // The "fast" one.
    signal(child.pid, "SIGINT");
    await gone;
  }

  /** From now on writes fail as on a full disk. */
  fillDisk(): void {
    if (this.#disk) {
      // Ends with an error when nothing more fits.
      spawnSync("nsenter", [...this.#enter, "dd", "if=/dev/zero", `of=${this.#folder}/filler`, "bs=64k"]);
      spawnSync("nsenter", [...this.#enter, "dd", "if=/dev/zero", `of=${this.#folder}/rest`, "bs=512"]);
      return;
    }
    const pid = this.#process?.pid ?? 0;
    // Its own account may do that to it; root may not everywhere.
    for (const each of [pid, ...childrenOf(pid)]) {
      const [command = "", ...args] = this.#asPostgres("prlimit", "--pid", String(each), "--fsize=4096:");
      execFileSync(command, args, { stdio: ["ignore", "ignore", "pipe"] });
    }
  }

  /** There is room again. A postgres that gave up is started anew. */
  async emptyDisk(): Promise<void> {
    if (this.#disk) this.#run("rm", "-f", `${this.#folder}/filler`, `${this.#folder}/rest`);
    else await this.kill();
    for (const until = Date.now() + 1_000; this.running && Date.now() < until; ) {
      if (
        await this.query("SELECT 1").then(
          () => true,
          () => false,
        )
      )
        return;
      await pause(50);
    }
    await this.kill();
    await this.start();
  }

  async remove(): Promise<void> {
    await this.kill();
    this.#disk?.kill("SIGKILL");
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #data(): string {
    return join(this.#folder, "data");
  }

  get #env(): NodeJS.ProcessEnv {
    return { NODE_ENV: "production", PATH: process.env.PATH, LC_ALL: "C.UTF-8" };
  }

  get #enter(): string[] {
    return ["-t", String(this.#disk?.pid), "-m"];
  }

  #run(command: string, ...args: string[]): void {
    execFileSync("nsenter", [...this.#enter, command, ...args], { stdio: "ignore" });
  }

  /** In the namespace of the disk, and as an account that is not root: postgres refuses that one. */
  #asPostgres(...command: string[]): string[] {
    const { uid, gid } = account();
    const as = uid === undefined ? [] : ["setpriv", `--reuid=${uid}`, `--regid=${gid}`, "--clear-groups"];
    return [...(this.#disk ? ["nsenter", ...this.#enter] : []), ...as, ...command];
  }
}

/** A small disk at `folder`, seen only in a mount namespace that the answered process keeps; null where that fails. */
async function mountDisk(folder: string): Promise<ChildProcess | null> {
  if (process.getuid?.() !== 0 || process.env.FAULT_DISK === "limit") return null;
  const script = `mount -t tmpfs -o ${DISK} tmpfs "$0" && echo mounted && exec sleep 86400`;
  const child = spawn("unshare", ["--mount", "sh", "-c", script, folder], { stdio: ["ignore", "pipe", "ignore"] });
  const isMounted = await new Promise<boolean>((resolve) => {
    child.stdout.once("data", () => resolve(true));
    child.once("error", () => resolve(false));
    child.once("exit", () => resolve(false));
  });
  return isMounted ? child : null;
}

function account(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

function childrenOf(pid: number): number[] {
  const { stdout } = spawnSync("ps", ["-o", "pid=", "--ppid", String(pid)], { encoding: "utf8" });
  return (stdout ?? "")
    .split("\n")
    .map(Number)
    .filter((child) => child > 0);
}

function isZombie(pid: number): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return true;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone already.
  }
}
