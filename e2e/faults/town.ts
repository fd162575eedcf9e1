// Two servers and two workers on a Redis and a PostgreSQL of their own, with a proxy before each server and before
// the database: everything here may be killed, stopped, paused and cut.
import { randomBytes } from "node:crypto";
import pg from "pg";
import * as Y from "yjs";
import { redisKeys } from "#lib/channel-layer/redis-keys.ts";
import { TestRedis } from "#lib/channel-layer/test-redis.ts";
import { partitionOf } from "#lib/partition.ts";
import type { Overview } from "#lib/reports.ts";
import { cookieHeader, logIn, type Person } from "../people.ts";
import { freePort, type Running, startProcess, untilReady } from "../processes.ts";
import { TcpProxy } from "./proxy.ts";
import { STORED } from "./stack.ts";
import { TestPostgres } from "./test-postgres.ts";
import { until } from "./until.ts";
import { Writer, wordsOf } from "./writer.ts";

const CHANNEL = "yroom";
export const roomOf = (documentId: string): string => `prosemirror.${documentId}`;

export class Town {
  readonly redis = new TestRedis();
  readonly postgres = new TestPostgres();
  readonly servers: Running[] = [];
  readonly workers: Running[] = [];
  /** What people connect to: `doors[n]` leads to `servers[n]`. */
  readonly doors: TcpProxy[] = [];
  readonly ports: number[] = [];
  /** What servers and workers know as the database. */
  database!: TcpProxy;
  #env: Record<string, string> = {};
  #cookies = new Map<Person, Map<string, string>>();

  async start(): Promise<void> {
    await Promise.all([this.redis.start(), this.postgres.create()]);
    this.database = await TcpProxy.start(this.postgres.port);
    this.ports.push(await freePort(), await freePort());
    this.#env = {
      DATABASE_URL: this.postgres.url(this.database.port),
      REDIS_URL: this.redis.url,
      NEXTAUTH_URL: this.address(0),
      NEXTAUTH_SECRET: randomBytes(32).toString("hex"),
      SEED_DEMO: "true",
      LOG_LEVEL: "info",
    };
    const migrate = startProcess("migrate", this.#env);
    if ((await migrate.ended) !== 0) throw new Error(`migrate failed:\n${migrate.output()}`);
    for (const port of this.ports) this.doors.push(await TcpProxy.start(port));
    await this.restart();
    for (const who of ["ana", "ben", "admin"] as const) this.#cookies.set(who, await logIn(this.address(0), who));
  }

  /** Starts every server and worker that has ended, and waits until all servers are ready. */
  async restart(): Promise<void> {
    for (const [number, port] of this.ports.entries()) {
      const running = this.servers[number];
      if (!running || running.hasEnded()) {
        this.servers[number] = startProcess("server", { ...this.#env, PORT: String(port) });
      }
      const worker = this.workers[number];
      if (!worker || worker.hasEnded()) {
        this.workers[number] = startProcess("worker", this.#env, ["--channel", CHANNEL]);
      }
    }
    for (const [number, server] of this.servers.entries()) await untilReady(this.address(number), server);
  }

  /** SIGKILL to every server, every worker and Redis at the same moment. */
  async killAll(): Promise<void> {
    await Promise.all([this.redis.kill(), ...[...this.servers, ...this.workers].map((running) => running.kill())]);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.servers, ...this.workers].map((running) => running.kill()));
    await Promise.all([...this.doors, this.database].map((proxy) => proxy?.stop()));
    await Promise.all([this.redis.remove(), this.postgres.remove()]);
  }

  /** Of a server, past its door. */
  address(number: number): string {
    return `http://localhost:${this.ports[number]}`;
  }

  cookiesOf(who: Person): Map<string, string> {
    return this.#cookies.get(who) ?? new Map();
  }

  async newDocument(title: string): Promise<string> {
    const response = await fetch(`${this.address(0)}/api/documents`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        origin: this.address(0),
        cookie: cookieHeader(this.cookiesOf("ana")),
      },
      body: JSON.stringify({ title }),
    });
    if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
    return ((await response.json()) as { id: string }).id;
  }

  /** Somebody with this document open, through `doors`: the first, and the next whenever that one leads nowhere. */
  open(documentId: string, name: string, who: Person, doors: TcpProxy[]): Writer {
    const urls = doors.map((door) => `http://localhost:${door.port}`);
    return new Writer({ urls, documentId, name, cookie: cookieHeader(this.cookiesOf(who)) });
  }

  /** Id and process of the worker that owns a document's room, or soon will; rejects if none takes it. */
  async ownerOf(documentId: string): Promise<{ id: string; running: Running }> {
    const key = redisKeys("yroom", false).lease(CHANNEL, partitionOf(roomOf(documentId)));
    const find = async () => {
      const id = String(await this.redis.command("GET", key));
      const running = this.workers.find((worker) => !worker.hasEnded() && worker.output().includes(id));
      return running ? { id, running } : null;
    };
    let owner: Awaited<ReturnType<typeof find>> = null;
    const isOwned = async () => {
      owner = await find();
      return owner !== null;
    };
    await until(`somebody owns ${documentId}`, isOwned, 10_000);
    return owner as unknown as { id: string; running: Running };
  }

  /** How often the partition of a document's room has changed its owner, as the database counts it. */
  async epochOf(documentId: string): Promise<number> {
    const [row] = await this.postgres.query<{ epoch: string }>(
      "SELECT epoch FROM partition_owners WHERE channel = $1 AND partition = $2",
      [CHANNEL, partitionOf(roomOf(documentId))],
    );
    return Number(row?.epoch ?? 0);
  }

  /** Until the answered function is called commits wait; who reads does not. */
  async holdCommits(): Promise<() => Promise<void>> {
    const holder = new pg.Client({ connectionString: this.postgres.url() });
    await holder.connect();
    await holder.query("BEGIN");
    await holder.query("LOCK TABLE room_updates IN EXCLUSIVE MODE");
    return () => holder.end();
  }

  /** How many commits wait for `holdCommits` to end. */
  async heldCommits(): Promise<number> {
    const rows = await this.postgres.query(
      "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%INSERT INTO room_updates%'",
    );
    return rows.length;
  }

  /** What the database has of a document: the snapshot, if there is one, and every commit. */
  async storedUpdates(documentId: string): Promise<Buffer[]> {
    const rows = await this.postgres.query<{ bytes: Buffer }>(STORED, [roomOf(documentId)]);
    return rows.map(({ bytes }) => bytes);
  }

  /** How many connections the room of a document lists; 0 if it is not loaded. */
  async crowdIn(documentId: string): Promise<number> {
    const headers = { cookie: cookieHeader(this.cookiesOf("admin")) };
    const { rooms } = (await (await fetch(`${this.address(0)}/api/admin/rooms`, { headers })).json()) as Overview;
    return rooms.find(({ name }) => name === roomOf(documentId))?.connections.length ?? 0;
  }

  /** The words of a document as the database has them. */
  async storedWords(documentId: string): Promise<Set<string>> {
    const doc = new Y.Doc();
    for (const bytes of await this.storedUpdates(documentId)) Y.applyUpdate(doc, bytes);
    return wordsOf(doc);
  }
}
