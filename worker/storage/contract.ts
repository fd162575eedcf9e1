// The acceptance suite of every storage. A test file calls it with a way to open the storage; what only a storage that
// keeps something can promise is in contract-kept.ts.
import { beforeAll, describe, expect, test } from "vitest";
import { describeKept } from "#worker/storage/contract-kept.ts";
import type { Append, Fence, Storage } from "#worker/storage/storage.ts";

/** What the tests of one run share: the storage, partitions of their own, and shorthands. */
export interface Desk {
  readonly storage: Storage;
  take(worker?: string): Promise<Fence>;
  row(room: string, fence: Fence, ...values: number[]): Append;
  appendOne(room: string, fence: Fence, ...values: number[]): Promise<bigint>;
}

const bytes = (...values: number[]) => Uint8Array.from(values);

/** `open` is called once; tests of one suite share the storage and use rooms of their own. */
export function storageContract(
  name: string,
  open: () => Promise<Storage> | Storage,
  { keeps } = { keeps: true },
): void {
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

      test("twenty takeovers at once get twenty epochs", async () => {
        const epochs = await Promise.all(Array.from({ length: 20 }, (_, i) => storage.own("owning", 2, `worker ${i}`)));
        expect(new Set(epochs).size).toBe(20);
      });
    });

    describe("answers", () => {
      test("a room that was never stored is null", async () => {
        expect(await storage.load("prosemirror.nobody")).toBeNull();
      });

      test("ids are answered in the order of the rows and rise", async () => {
        const fence = await take();
        const ids = await storage.append([
          row("answer.a", fence, 1),
          row("answer.b", fence, 2),
          row("answer.a", fence, 3),
        ]);
        expect(ids.map((id) => typeof id)).toEqual(["bigint", "bigint", "bigint"]);
        const [a = 0n, b = 0n, c = 0n] = ids.map((id) => id ?? 0n);
        expect([b > a, c > b]).toEqual([true, true]);
      });

      test("no rows, no work", async () => {
        expect(await storage.append([])).toEqual([]);
      });

      test("a thousand rows in one append get a thousand ids", async () => {
        const fence = await take();
        const rows = Array.from({ length: 1000 }, (_, i) => row(`answer.many${i % 10}`, fence, i % 256));
        expect(new Set(await storage.append(rows)).size).toBe(1000);
      });

      test("a snapshot is taken, and a room, there or not, can be deleted", async () => {
        const fence = await take();
        const [id] = await storage.append([row("answer.delete", fence, 1)]);
        expect(await storage.compact("answer.delete", bytes(7), id ?? 0n, fence)).toBe(true);
        for (const room of ["answer.delete", "answer.delete", "answer.never"]) {
          expect(await storage.delete(room, fence)).toBe(true);
          expect(await storage.load(room)).toBeNull();
        }
      });
    });

    const desk: Desk = {
      get storage() {
        return storage;
      },
      take,
      row,
      appendOne,
    };
    if (keeps) describeKept(desk);
  });
}
