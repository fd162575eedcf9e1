// The folder of the embedded default: made private, held by one process at a time, with the secret of its sessions.
// What the database keeps in it is not this file's business.
import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export type DataDirErrorCode = "DATA_DIR_IN_USE" | "DATA_DIR_UNUSABLE";

/** Its message is one line for the person who started the process. Check `code`, not `instanceof`. */
export class DataDirError extends Error {
  readonly code: DataDirErrorCode;
  constructor(code: DataDirErrorCode, message: string) {
    super(message);
    this.name = "DataDirError";
    this.code = code;
  }
}

export interface DataDir {
  path: string;
  /** True if no database is in it yet, so that the start will take longer. */
  fresh: boolean;
  /** Gives the folder back. Call it after everything in it is closed; safe to call twice. */
  release(): void;
}

/** Creates `path` (only for its owner) and takes its lock. Throws a DataDirError. */
export function openDataDir(path: string): DataDir {
  return describing(path, () => {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const lock = join(path, "lock");
    takeLock(path, lock);
    let held = true;
    return {
      path,
      fresh: !exists(join(path, "pglite")),
      release() {
        if (held) rmSync(lock, { force: true });
        held = false;
      },
    };
  });
}

/** The secret that signs sessions, kept in `<dataDir>/secret`; made up at the first call. Throws a DataDirError. */
export function readOrCreateSecret(dataDir: string): string {
  const path = join(dataDir, "secret");
  return describing(dataDir, () => {
    if (!exists(path)) publish(path, `${randomBytes(32).toString("base64")}\n`);
    const secret = readFileSync(path, "utf8").trim();
    if (secret.length >= 32) return secret;
    throw new DataDirError("DATA_DIR_UNUSABLE", `${path} is too short for a secret; delete it to get a new one.`);
  });
}

/** ms that the holder of the lock gets to end. */
const PATIENCE = 1_000;

/** A live process, told apart from a later one that got the same number by the moment it started. */
interface Holder {
  pid: number;
  started: string;
}

function takeLock(path: string, lock: string): void {
  const me: Holder = { pid: process.pid, started: startOf(process.pid) ?? "" };
  for (let attempt = 0; attempt < 5; attempt++) {
    if (publish(lock, JSON.stringify(me))) return;
    const holder = readHolder(lock);
    if (holder && isAlive(holder) && (holder.pid === process.pid || !endsSoon(holder))) {
      throw new DataDirError(
        "DATA_DIR_IN_USE",
        `${path} is in use by process ${holder.pid}. Stop it first, or choose another folder with DATA_DIR.`,
      );
    }
    // Moved away rather than deleted: of two processes that find the same stale lock, one moves it and one fails.
    const aside = `${lock}.${process.pid}.stale`;
    try {
      renameSync(lock, aside);
    } catch {
      continue;
    }
    const moved = readHolder(aside);
    // A lock taken between the look and the move is alive: put it back and look again.
    if (moved && isAlive(moved)) {
      try {
        linkSync(aside, lock);
      } catch {}
    }
    rmSync(aside, { force: true });
  }
  throw new DataDirError("DATA_DIR_IN_USE", `${path} is being taken by another process at this moment.`);
}

/** Creates `path` with its whole content at once, readable by its owner only. False if it exists already. */
function publish(path: string, content: string): boolean {
  const draft = `${path}.${process.pid}.new`;
  writeFileSync(draft, content, { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readHolder(lock: string): Holder | null {
  try {
    const { pid, started } = JSON.parse(readFileSync(lock, "utf8")) as Holder;
    return Number.isInteger(pid) && pid > 0 && typeof started === "string" ? { pid, started } : null;
  } catch {
    return null;
  }
}

function isAlive({ pid, started }: Holder): boolean {
  // In a container every start has the same small number; then only the start time tells.
  if (pid === process.pid) return started !== "" && started === startOf(pid);
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const now = startOf(pid);
  return now === null || started === "" || now === started;
}

/** A process that was killed, or told to stop, takes a moment: a restart should not fail for that. */
function endsSoon(holder: Holder): boolean {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let waited = 0; waited < PATIENCE; waited += 50) {
    Atomics.wait(pause, 0, 0, 50);
    if (!isAlive(holder)) return true;
  }
  return false;
}

/**
 * When a process started: boot id and clock ticks since boot; "ended" if only its entry is left (killed, and not yet
 * noticed by its parent). Null where the system does not tell (not Linux).
 */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command's name, in parentheses, may hold spaces; then come the state and, 19 fields on, the start time.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return "ended";
    const ticks = fields[19];
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return ticks ? `${boot}:${ticks}` : null;
  } catch {
    return null;
  }
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

const REASONS: Record<string, string> = {
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  ENOTDIR: "a part of the path is a file",
  EEXIST: "a file is in its place",
};

function describing<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof DataDirError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new DataDirError(
      "DATA_DIR_UNUSABLE",
      `Cannot use the data folder ${path}: ${REASONS[code ?? ""] ?? message}.`,
    );
  }
}
