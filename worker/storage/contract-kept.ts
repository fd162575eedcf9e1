// The part of the acceptance suite (contract.ts) for storages that keep what they are given.
import { describe, expect, test } from "vitest";
import type { Desk } from "#worker/storage/contract.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);
const plain = (updates: Uint8Array[]) => updates.map((update) => [...update]);

export function describeKept(desk: Desk): void {
  const { take, row, appendOne } = desk;

  describe("owning", () => {
    test("partitions, and channels, are owned apart", async () => {
      const fence = await take();
      await desk.storage.own("contract", fence.partition + 1000, "other");
      await desk.storage.own("another channel", fence.partition, "other");
      expect(await appendOne("owning.apart", fence, 1)).toBeGreaterThan(0n);
    });
  });

  describe("appending and loading", () => {
    test("loading says the id of the last row of that room", async () => {
      const fence = await take();
      const ids = await desk.storage.append([
        row("upto.a", fence, 1),
        row("upto.b", fence, 2),
        row("upto.a", fence, 3),
      ]);
      const [, b, c] = ids;
      expect((await desk.storage.load("upto.a"))?.upTo).toBe(c);
      expect((await desk.storage.load("upto.b"))?.upTo).toBe(b);
    });

    test("updates come back in the order they were appended, with the id of the last", async () => {
      const fence = await take();
      await desk.storage.append([row("append.order", fence, 1), row("append.order", fence, 2)]);
      const last = await appendOne("append.order", fence, 3);
      const stored = await desk.storage.load("append.order");
      expect(stored).toMatchObject({ snapshot: null, upTo: last });
      expect(plain(stored?.updates ?? [])).toEqual([[1], [2], [3]]);
    });

    test("a thousand rows in one append", async () => {
      const fence = await take();
      const rows = Array.from({ length: 1000 }, (_, i) => row(`append.many${i % 10}`, fence, i % 256, i >> 8));
      const ids = await desk.storage.append(rows);
      expect(new Set(ids).size).toBe(1000);
      const { updates } = (await desk.storage.load("append.many7")) ?? { updates: [] };
      expect(plain(updates)).toEqual(Array.from({ length: 100 }, (_, i) => [(i * 10 + 7) % 256, (i * 10 + 7) >> 8]));
    });

    test("bytes of every value, none at all, and a view into a larger buffer", async () => {
      const fence = await take();
      const all = Array.from({ length: 256 }, (_, i) => i);
      const view = Uint8Array.from([9, ...all, 9]).subarray(1, 257);
      await desk.storage.append([{ ...row("append.bytes", fence), update: view }, row("append.bytes", fence)]);
      const { updates } = (await desk.storage.load("append.bytes")) ?? { updates: [] };
      expect(plain(updates)).toEqual([all, []]);
    });

    test("an update that is changed after the append does not change what is stored", async () => {
      const fence = await take();
      const given = row("append.copy", fence, 1, 2, 3);
      await desk.storage.append([given]);
      given.update.fill(0);
      expect(plain((await desk.storage.load("append.copy"))?.updates ?? [])).toEqual([[1, 2, 3]]);
    });

    test("five megabytes, beside a small row", async () => {
      const fence = await take();
      const big = new Uint8Array(5_000_000).map((_, i) => i % 251);
      await desk.storage.append([{ ...row("append.big", fence), update: big }, row("append.small", fence, 1)]);
      const { updates } = (await desk.storage.load("append.big")) ?? { updates: [] };
      expect(Buffer.compare(updates[0] ?? bytes(), big)).toBe(0);
      expect(plain((await desk.storage.load("append.small"))?.updates ?? [])).toEqual([[1]]);
    });

    const names = [
      "",
      " ",
      "a.b.c",
      "'; DROP TABLE users; --",
      "\\",
      "\\0000",
      "\0",
      "a\0b",
      "%_",
      "日本語.👩‍👩‍👧",
      "\ud800",
      "\udfff",
      "x".repeat(1000),
    ];
    test("rooms are told apart, whatever their names", async () => {
      const fence = await take();
      await desk.storage.append(names.map((room, i) => row(`odd.${room}`, fence, i)));
      for (const [i, room] of names.entries()) {
        expect(plain((await desk.storage.load(`odd.${room}`))?.updates ?? []), JSON.stringify(room)).toEqual([[i]]);
      }
    });
  });

  describe("[P10] fencing", () => {
    test("a stale owner's row is not written, and the answer says so", async () => {
      const stale = await take("old");
      await appendOne("fence.stale", stale, 1);
      const fresh = { ...stale, epoch: await desk.storage.own(stale.channel, stale.partition, "new") };
      expect(await desk.storage.append([row("fence.stale", stale, 2)])).toEqual([null]);
      await appendOne("fence.stale", fresh, 3);
      expect(plain((await desk.storage.load("fence.stale"))?.updates ?? [])).toEqual([[1], [3]]);
    });

    test("the other rows of a batch are written", async () => {
      const [stale, good] = [await take(), await take()];
      await desk.storage.own(stale.channel, stale.partition, "new");
      const ids = await desk.storage.append([
        row("fence.a", good, 1),
        row("fence.b", stale, 2),
        row("fence.c", good, 3),
      ]);
      expect(ids.map((id) => id !== null)).toEqual([true, false, true]);
      expect(await desk.storage.load("fence.b")).toBeNull();
      expect(plain((await desk.storage.load("fence.c"))?.updates ?? [])).toEqual([[3]]);
    });

    test("a stale owner cannot compact, and changes nothing by trying", async () => {
      const stale = await take("old");
      const id = await appendOne("fence.compact", stale, 1);
      await desk.storage.own(stale.channel, stale.partition, "new");
      expect(await desk.storage.compact("fence.compact", bytes(9), id, stale)).toBe(false);
      expect(await desk.storage.load("fence.compact")).toMatchObject({ snapshot: null, upTo: id });
    });

    test("a stale owner cannot delete, and changes nothing by trying", async () => {
      const stale = await take("old");
      const id = await appendOne("fence.delete", stale, 1);
      await desk.storage.own(stale.channel, stale.partition, "new");
      expect(await desk.storage.delete("fence.delete", stale)).toBe(false);
      expect(await desk.storage.load("fence.delete")).toMatchObject({ upTo: id });
    });

    test("whatever was accepted before a takeover is seen after it", async () => {
      const old = await take("old");
      const writes = Array.from({ length: 40 }, (_, i) => desk.storage.append([row("fence.race", old, i)]));
      await desk.storage.own(old.channel, old.partition, "new");
      const seen = plain((await desk.storage.load("fence.race"))?.updates ?? []).flat();
      const accepted = (await Promise.all(writes)).flatMap(([id], i) => (id === null ? [] : [i]));
      expect(seen.toSorted((a, b) => a - b)).toEqual(accepted);
      expect(await desk.storage.append([row("fence.race", old, 99)])).toEqual([null]);
    });
  });

  describe("compacting", () => {
    test("the snapshot takes the place of what it covers; later rows stay", async () => {
      const fence = await take();
      await appendOne("compact.later", fence, 1);
      const covered = await appendOne("compact.later", fence, 2);
      const later = await appendOne("compact.later", fence, 3);
      expect(await desk.storage.compact("compact.later", bytes(7, 7), covered, fence)).toBe(true);
      const stored = await desk.storage.load("compact.later");
      expect(stored?.upTo).toBe(later);
      expect([...(stored?.snapshot ?? [])]).toEqual([7, 7]);
      expect(plain(stored?.updates ?? [])).toEqual([[3]]);
    });

    test("with nothing after it, the snapshot says up to where it goes", async () => {
      const fence = await take();
      const id = await appendOne("compact.all", fence, 1);
      expect(await desk.storage.compact("compact.all", bytes(7), id, fence)).toBe(true);
      expect(await desk.storage.load("compact.all")).toMatchObject({ updates: [], upTo: id });
    });

    test("an older snapshot does not replace a newer one", async () => {
      const fence = await take();
      const first = await appendOne("compact.older", fence, 1);
      const second = await appendOne("compact.older", fence, 2);
      expect(await desk.storage.compact("compact.older", bytes(22), second, fence)).toBe(true);
      expect(await desk.storage.compact("compact.older", bytes(11), first, fence)).toBe(false);
      expect([...((await desk.storage.load("compact.older"))?.snapshot ?? [])]).toEqual([22]);
    });

    test("of several compactions at once the newest stays", async () => {
      const fence = await take();
      const ids: bigint[] = [];
      for (let i = 0; i < 8; i++) ids.push(await appendOne("compact.race", fence, i));
      await Promise.all(
        ids.toReversed().map((id) => desk.storage.compact("compact.race", bytes(Number(id % 256n)), id, fence)),
      );
      const last = ids.at(-1) ?? 0n;
      const stored = await desk.storage.load("compact.race");
      expect(stored).toMatchObject({ updates: [], upTo: last });
      expect([...(stored?.snapshot ?? [])]).toEqual([Number(last % 256n)]);
    });

    test("a room can begin with a snapshot", async () => {
      const fence = await take();
      expect(await desk.storage.compact("compact.first", bytes(5), 0n, fence)).toBe(true);
      expect(await desk.storage.load("compact.first")).toMatchObject({ updates: [], upTo: 0n });
    });

    test("loading while others write and compact never shows less than was there before", async () => {
      const fence = await take();
      const seen: number[] = [];
      await appendOne("compact.steady", fence, 0);
      const write = async () => {
        for (let i = 1; i <= 20; i++) {
          const id = await appendOne("compact.steady", fence, i);
          await desk.storage.compact("compact.steady", bytes(i), id, fence);
        }
      };
      const read = async () => {
        for (let i = 0; i < 40; i++) {
          const stored = await desk.storage.load("compact.steady");
          seen.push(Math.max(-1, ...(stored?.snapshot ?? []), ...plain(stored?.updates ?? []).flat()));
        }
      };
      await Promise.all([write(), read()]);
      expect(seen).toEqual(seen.toSorted((a, b) => a - b));
      expect(seen[0]).toBeGreaterThanOrEqual(0);
    });
  });

  describe("deleting", () => {
    test("a deleted room was never stored, and can begin anew", async () => {
      const fence = await take();
      const id = await appendOne("delete.me", fence, 1);
      await desk.storage.compact("delete.me", bytes(7), id, fence);
      await appendOne("delete.me", fence, 2);
      expect(await desk.storage.delete("delete.me", fence)).toBe(true);
      expect(await desk.storage.load("delete.me")).toBeNull();
      await appendOne("delete.me", fence, 3);
      expect(await desk.storage.load("delete.me")).toMatchObject({ snapshot: null });
    });

    test("the neighbours stay", async () => {
      const fence = await take();
      await appendOne("delete.a", fence, 1);
      await appendOne("delete.ab", fence, 2);
      expect(await desk.storage.delete("delete.a", fence)).toBe(true);
      expect(await desk.storage.delete("delete.unknown", fence)).toBe(true);
      expect(plain((await desk.storage.load("delete.ab"))?.updates ?? [])).toEqual([[2]]);
    });
  });
}
