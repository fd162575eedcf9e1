// The acceptance suite of every storage that keeps anything. A test file calls it with a way to open the storage.
import { beforeAll, describe, expect, test } from "vitest";
import type { Append, Fence, Storage } from "#worker/storage/storage.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);
const plain = (updates: Uint8Array[]) => updates.map((update) => [...update]);

/** `open` is called once; tests of one suite share the storage and use rooms of their own. */
export function storageContract(name: string, open: () => Promise<Storage> | Storage): void {
  describe(`storage contract: ${name}`, () => {
    let storage: Storage;
    let partition = 0;
    beforeAll(async () => {
      storage = await open();
    });

    const take = async (worker = "worker"): Promise<Fence> => {
      partition += 1;
      return { channel: "contract", partition, epoch: await storage.own("contract", partition, worker) };
    };
    const row = (room: string, fence: Fence, ...values: number[]): Append => {
      return { room, update: bytes(...values), authors: ["ana", "ben"], fence };
    };
    const appendOne = async (room: string, fence: Fence, ...values: number[]): Promise<bigint> => {
      const [id] = await storage.append([row(room, fence, ...values)]);
      if (typeof id !== "bigint") throw new Error("The append was refused.");
      return id;
    };

    describe("owning", () => {
      test("every takeover of a partition has a higher epoch", async () => {
        const first = await storage.own("owning", 1, "a");
        const second = await storage.own("owning", 1, "b");
        const third = await storage.own("owning", 1, "a");
        expect([second > first, third > second]).toEqual([true, true]);
      });

      test("partitions, and channels, are owned apart", async () => {
        const fence = await take();
        await storage.own("contract", fence.partition + 1000, "other");
        await storage.own("another channel", fence.partition, "other");
        expect(await appendOne("owning.apart", fence, 1)).toBeGreaterThan(0n);
      });

      test("twenty takeovers at once get twenty epochs", async () => {
        const epochs = await Promise.all(Array.from({ length: 20 }, (_, i) => storage.own("owning", 2, `worker ${i}`)));
        expect(new Set(epochs).size).toBe(20);
      });
    });

    describe("appending and loading", () => {
      test("a room that was never stored is null", async () => {
        expect(await storage.load("prosemirror.nobody")).toBeNull();
      });

      test("updates come back in the order they were appended, with the id of the last", async () => {
        const fence = await take();
        await storage.append([row("append.order", fence, 1), row("append.order", fence, 2)]);
        const last = await appendOne("append.order", fence, 3);
        const stored = await storage.load("append.order");
        expect(stored).toMatchObject({ snapshot: null, upTo: last });
        expect(plain(stored?.updates ?? [])).toEqual([[1], [2], [3]]);
      });

      test("ids are answered in the order of the rows and rise", async () => {
        const fence = await take();
        const ids = await storage.append([
          row("append.a", fence, 1),
          row("append.b", fence, 2),
          row("append.a", fence, 3),
        ]);
        expect(ids.map((id) => typeof id)).toEqual(["bigint", "bigint", "bigint"]);
        const [a = 0n, b = 0n, c = 0n] = ids.map((id) => id ?? 0n);
        expect([b > a, c > b]).toEqual([true, true]);
        expect((await storage.load("append.a"))?.upTo).toBe(c);
        expect((await storage.load("append.b"))?.upTo).toBe(b);
      });

      test("no rows, no work", async () => {
        expect(await storage.append([])).toEqual([]);
      });

      test("a thousand rows in one append", async () => {
        const fence = await take();
        const rows = Array.from({ length: 1000 }, (_, i) => row(`append.many${i % 10}`, fence, i % 256, i >> 8));
        const ids = await storage.append(rows);
        expect(new Set(ids).size).toBe(1000);
        const { updates } = (await storage.load("append.many7")) ?? { updates: [] };
        expect(plain(updates)).toEqual(Array.from({ length: 100 }, (_, i) => [(i * 10 + 7) % 256, (i * 10 + 7) >> 8]));
      });

      test("bytes of every value, none at all, and a view into a larger buffer", async () => {
        const fence = await take();
        const all = Array.from({ length: 256 }, (_, i) => i);
        const view = Uint8Array.from([9, ...all, 9]).subarray(1, 257);
        await storage.append([{ ...row("append.bytes", fence), update: view }, row("append.bytes", fence)]);
        const { updates } = (await storage.load("append.bytes")) ?? { updates: [] };
        expect(plain(updates)).toEqual([all, []]);
      });

      test("an update that is changed after the append does not change what is stored", async () => {
        const fence = await take();
        const given = row("append.copy", fence, 1, 2, 3);
        await storage.append([given]);
        given.update.fill(0);
        expect(plain((await storage.load("append.copy"))?.updates ?? [])).toEqual([[1, 2, 3]]);
      });

      test("five megabytes, beside a small row", async () => {
        const fence = await take();
        const big = new Uint8Array(5_000_000).map((_, i) => i % 251);
        await storage.append([{ ...row("append.big", fence), update: big }, row("append.small", fence, 1)]);
        const { updates } = (await storage.load("append.big")) ?? { updates: [] };
        expect(Buffer.compare(updates[0] ?? bytes(), big)).toBe(0);
        expect(plain((await storage.load("append.small"))?.updates ?? [])).toEqual([[1]]);
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
        await storage.append(names.map((room, i) => row(`odd.${room}`, fence, i)));
        for (const [i, room] of names.entries()) {
          expect(plain((await storage.load(`odd.${room}`))?.updates ?? []), JSON.stringify(room)).toEqual([[i]]);
        }
      });
    });

    describe("[P10] fencing", () => {
      test("a stale owner's row is not written, and the answer says so", async () => {
        const stale = await take("old");
        await appendOne("fence.stale", stale, 1);
        const fresh = { ...stale, epoch: await storage.own(stale.channel, stale.partition, "new") };
        expect(await storage.append([row("fence.stale", stale, 2)])).toEqual([null]);
        await appendOne("fence.stale", fresh, 3);
        expect(plain((await storage.load("fence.stale"))?.updates ?? [])).toEqual([[1], [3]]);
      });

      test("the other rows of a batch are written", async () => {
        const [stale, good] = [await take(), await take()];
        await storage.own(stale.channel, stale.partition, "new");
        const ids = await storage.append([row("fence.a", good, 1), row("fence.b", stale, 2), row("fence.c", good, 3)]);
        expect(ids.map((id) => id !== null)).toEqual([true, false, true]);
        expect(await storage.load("fence.b")).toBeNull();
        expect(plain((await storage.load("fence.c"))?.updates ?? [])).toEqual([[3]]);
      });

      test("a stale owner cannot compact, and changes nothing by trying", async () => {
        const stale = await take("old");
        const id = await appendOne("fence.compact", stale, 1);
        await storage.own(stale.channel, stale.partition, "new");
        expect(await storage.compact("fence.compact", bytes(9), id, stale)).toBe(false);
        expect(await storage.load("fence.compact")).toMatchObject({ snapshot: null, upTo: id });
      });

      test("a stale owner cannot delete, and changes nothing by trying", async () => {
        const stale = await take("old");
        const id = await appendOne("fence.delete", stale, 1);
        await storage.own(stale.channel, stale.partition, "new");
        expect(await storage.delete("fence.delete", stale)).toBe(false);
        expect(await storage.load("fence.delete")).toMatchObject({ upTo: id });
      });

      test("whatever was accepted before a takeover is seen after it", async () => {
        const old = await take("old");
        const writes = Array.from({ length: 40 }, (_, i) => storage.append([row("fence.race", old, i)]));
        await storage.own(old.channel, old.partition, "new");
        const seen = plain((await storage.load("fence.race"))?.updates ?? []).flat();
        const accepted = (await Promise.all(writes)).flatMap(([id], i) => (id === null ? [] : [i]));
        expect(seen.toSorted((a, b) => a - b)).toEqual(accepted);
        expect(await storage.append([row("fence.race", old, 99)])).toEqual([null]);
      });
    });

    describe("compacting", () => {
      test("the snapshot takes the place of what it covers; later rows stay", async () => {
        const fence = await take();
        await appendOne("compact.later", fence, 1);
        const covered = await appendOne("compact.later", fence, 2);
        const later = await appendOne("compact.later", fence, 3);
        expect(await storage.compact("compact.later", bytes(7, 7), covered, fence)).toBe(true);
        const stored = await storage.load("compact.later");
        expect(stored?.upTo).toBe(later);
        expect([...(stored?.snapshot ?? [])]).toEqual([7, 7]);
        expect(plain(stored?.updates ?? [])).toEqual([[3]]);
      });

      test("with nothing after it, the snapshot says up to where it goes", async () => {
        const fence = await take();
        const id = await appendOne("compact.all", fence, 1);
        expect(await storage.compact("compact.all", bytes(7), id, fence)).toBe(true);
        expect(await storage.load("compact.all")).toMatchObject({ updates: [], upTo: id });
      });

      test("an older snapshot does not replace a newer one", async () => {
        const fence = await take();
        const first = await appendOne("compact.older", fence, 1);
        const second = await appendOne("compact.older", fence, 2);
        expect(await storage.compact("compact.older", bytes(22), second, fence)).toBe(true);
        expect(await storage.compact("compact.older", bytes(11), first, fence)).toBe(false);
        expect([...((await storage.load("compact.older"))?.snapshot ?? [])]).toEqual([22]);
      });

      test("of several compactions at once the newest stays", async () => {
        const fence = await take();
        const ids: bigint[] = [];
        for (let i = 0; i < 8; i++) ids.push(await appendOne("compact.race", fence, i));
        await Promise.all(
          ids.toReversed().map((id) => storage.compact("compact.race", bytes(Number(id % 256n)), id, fence)),
        );
        const last = ids.at(-1) ?? 0n;
        const stored = await storage.load("compact.race");
        expect(stored).toMatchObject({ updates: [], upTo: last });
        expect([...(stored?.snapshot ?? [])]).toEqual([Number(last % 256n)]);
      });

      test("a room can begin with a snapshot", async () => {
        const fence = await take();
        expect(await storage.compact("compact.first", bytes(5), 0n, fence)).toBe(true);
        expect(await storage.load("compact.first")).toMatchObject({ updates: [], upTo: 0n });
      });

      test("loading while others write and compact never shows less than was there before", async () => {
        const fence = await take();
        const seen: number[] = [];
        await appendOne("compact.steady", fence, 0);
        const write = async () => {
          for (let i = 1; i <= 20; i++) {
            const id = await appendOne("compact.steady", fence, i);
            await storage.compact("compact.steady", bytes(i), id, fence);
          }
        };
        const read = async () => {
          for (let i = 0; i < 40; i++) {
            const stored = await storage.load("compact.steady");
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
        await storage.compact("delete.me", bytes(7), id, fence);
        await appendOne("delete.me", fence, 2);
        expect(await storage.delete("delete.me", fence)).toBe(true);
        expect(await storage.load("delete.me")).toBeNull();
        await appendOne("delete.me", fence, 3);
        expect(await storage.load("delete.me")).toMatchObject({ snapshot: null });
      });

      test("the neighbours stay", async () => {
        const fence = await take();
        await appendOne("delete.a", fence, 1);
        await appendOne("delete.ab", fence, 2);
        expect(await storage.delete("delete.a", fence)).toBe(true);
        expect(await storage.delete("delete.unknown", fence)).toBe(true);
        expect(plain((await storage.load("delete.ab"))?.updates ?? [])).toEqual([[2]]);
      });
    });
  });
}
