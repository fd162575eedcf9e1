import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Database } from "#prisma/client.ts";
import { openTestDatabase } from "#prisma/testing/database.ts";
import { storageContract } from "#worker/storage/contract.ts";
import { createPrismaStorage } from "#worker/storage/prisma.ts";

for (const kind of ["postgres", "pglite"] as const) {
  describe(kind, () => {
    let database: Database;
    beforeAll(async () => {
      database = await openTestDatabase(kind);
    });
    afterAll(() => database.close());

    storageContract(`prisma on ${kind}`, () => createPrismaStorage(database));

    const take = async (partition: number) => {
      const storage = createPrismaStorage(database);
      const epoch = await storage.own("prisma", partition, "worker");
      return { storage, fence: { channel: "prisma", partition, epoch } };
    };
    const update = Uint8Array.of(1, 2, 3);

    test("the log keeps who wrote and when", async () => {
      const { storage, fence } = await take(1);
      await storage.append([{ room: "log.authors", update, authors: ["ana", 'b"e,n', ""], fence }]);
      await storage.append([{ room: "log.authors", update, authors: [], fence }]);
      const rows = await database.db.roomUpdate.findMany({ where: { room: "log.authors" }, orderBy: { id: "asc" } });
      expect(rows.map((row) => row.authors)).toEqual([["ana", 'b"e,n', ""], []]);
      expect(Math.abs(Date.now() - (rows[0]?.createdAt.getTime() ?? 0))).toBeLessThan(60_000);
    });

    test("compaction keeps young history and prunes what is older than the retention", async () => {
      const { storage, fence } = await take(2);
      const room = "log.history";
      await storage.append([1, 2, 3].map((n) => ({ room, update: Uint8Array.of(n), authors: [], fence })));
      const [first, , third] = await database.db.roomUpdate.findMany({ where: { room }, orderBy: { id: "asc" } });
      const old = new Date(Date.now() - 91 * 86_400_000);
      for (const row of [first, third]) {
        await database.db.roomUpdate.update({ where: { id: row?.id ?? 0n }, data: { createdAt: old } });
      }
      const upTo = (third?.id ?? 0n) - 1n;
      expect(await storage.compact(room, update, upTo, fence)).toBe(true);
      const kept = await database.db.roomUpdate.findMany({ where: { room }, orderBy: { id: "asc" } });
      expect(kept.map((row) => [...row.payload])).toEqual([[2], [3]]);
    });

    test("an append marks the document as edited, at most every five seconds", async () => {
      const { storage, fence } = await take(3);
      const old = new Date(Date.now() - 60_000);
      const recent = new Date(Date.now() - 1_000);
      const make = (editedAt: Date) => database.db.document.create({ data: { title: "t", editedAt } });
      const [stale, fresh, other] = [await make(old), await make(recent), await make(old)];
      const rooms = [`prosemirror.${stale.id}`, `prosemirror.${fresh.id}`, `notes.${other.id}`];
      await storage.append(rooms.map((room) => ({ room, update, authors: [], fence })));
      const editedAt = async (id: string) => (await database.db.document.findUniqueOrThrow({ where: { id } })).editedAt;
      expect(Math.abs(Date.now() - (await editedAt(stale.id)).getTime())).toBeLessThan(30_000);
      expect(await editedAt(fresh.id)).toEqual(recent);
      expect(await editedAt(other.id)).toEqual(old);
    });

    test("[P4] bytes that are no Yjs update come back as they are", async () => {
      const { storage, fence } = await take(4);
      const bad = Uint8Array.of(255, 254, 0, 13);
      const [id] = await storage.append([{ room: "bad", update: bad, authors: [], fence }]);
      await storage.compact("bad", bad, id ?? 0n, fence);
      expect([...((await storage.load("bad"))?.snapshot ?? [])]).toEqual([...bad]);
    });
  });
}

describe("on Postgres, with several connections", () => {
  let database: Database;
  beforeAll(async () => {
    database = await openTestDatabase("postgres");
  });
  afterAll(() => database.close());

  test("[P10] a takeover waits for an append that is running, and then sees it", async () => {
    const storage = createPrismaStorage(database);
    const fence = { channel: "wait", partition: 1, epoch: await storage.own("wait", 1, "old") };
    await database.pool.query(`
      CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN PERFORM pg_advisory_xact_lock(1); RETURN new; END';
      CREATE TRIGGER dawdle BEFORE INSERT ON room_updates FOR EACH ROW EXECUTE FUNCTION dawdle()`);
    const blocker = await database.pool.connect();
    await blocker.query("SELECT pg_advisory_lock(1)");
    const blocked = async (count: number) => {
      const { rows } = await blocker.query<{ waiting: number }>(
        "SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      );
      return (rows[0]?.waiting ?? 0) >= count;
    };
    const append = storage.append([{ room: "wait.a", update: Uint8Array.of(1), authors: [], fence }]);
    await vi.waitUntil(() => blocked(1), { timeout: 5_000 });
    const takeover = storage
      .own("wait", 1, "new")
      .then(async (epoch) => ({ epoch, seen: await storage.load("wait.a") }));
    await vi.waitUntil(() => blocked(2), { timeout: 5_000 });
    await blocker.query("SELECT pg_advisory_unlock(1)");
    blocker.release();
    expect(await append).toEqual([expect.any(BigInt)]);
    const { epoch, seen } = await takeover;
    expect(epoch).toBe(fence.epoch + 1n);
    expect(seen?.updates.length).toBe(1);
  });

  test("an append that fails writes none of its rows", async () => {
    const storage = createPrismaStorage(database);
    const fence = { channel: "atomic", partition: 1, epoch: await storage.own("atomic", 1, "worker") };
    await database.pool.query("ALTER TABLE room_updates ADD CONSTRAINT small CHECK (length(payload) < 10)");
    const row = (size: number) => ({ room: "atomic.a", update: new Uint8Array(size), authors: [], fence });
    await expect(storage.append([row(1), row(20), row(2)])).rejects.toThrow(/small/);
    await database.pool.query("ALTER TABLE room_updates DROP CONSTRAINT small");
    expect(await storage.load("atomic.a")).toBeNull();
  });

  test("a database that is away gives an error, not an empty room", async () => {
    const other = await openTestDatabase("postgres");
    const storage = createPrismaStorage(other);
    await other.close();
    await expect(storage.load("wait.a")).rejects.toThrow();
  });
});
