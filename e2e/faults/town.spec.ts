// Faults of real processes, one after the other: workers, servers and Redis are killed, stopped and paused while
// people write. Two servers and two workers on a Redis and a PostgreSQL of their own (town.ts); what must hold after
// each is in scene.ts.

import { expect, test } from "@playwright/test";
import * as Y from "yjs";
import { partitionOf } from "#lib/partition.ts";
import type { Running } from "../processes.ts";
import type { TcpProxy } from "./proxy.ts";
import { rounds } from "./random.ts";
import { areEqual, printTotals, underFault, untilNoGhosts } from "./scene.ts";
import { roomOf, Town } from "./town.ts";
import { until } from "./until.ts";

let town: Town;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  town = new Town();
  await town.start();
});
test.afterAll(async () => {
  printTotals();
  await town?.stop();
});
test.afterEach(async () => {
  await town.restart();
});

/** Edits that are in more than one row: whoever was refused wrote them none the less. */
function writtenTwice(rows: Uint8Array[]): number {
  let twice = 0;
  const written = new Map<number, Set<number>>();
  for (const { from, to } of rows.map((row) => Y.parseUpdateMeta(row))) {
    for (const [client, start] of from) {
      const clocks = written.get(client) ?? new Set();
      written.set(client, clocks);
      for (let clock = start; clock < (to.get(client) ?? start); clock++) {
        if (clocks.has(clock)) twice++;
        clocks.add(clock);
      }
    }
  }
  return twice;
}

for (let round = 1; round <= rounds; round++) {
  test.describe(`round ${round}`, () => {
    test.describe.configure({ timeout: 90_000 });

    test("[P10] [P1] [P3] the owner stands still for longer than its lease: another goes on, its own writes are refused", async () => {
      let owner: { id: string; running: Running };
      await underFault(town, "owner stopped (SIGSTOP)", {
        goesOn: true,
        lasts: 6_000,
        begin: async (id) => {
          owner = await town.ownerOf(id);
          process.kill(owner.running.pid, "SIGSTOP");
        },
        end: async (id) => {
          expect((await town.ownerOf(id)).id).not.toBe(owner.id);
          process.kill(owner.running.pid, "SIGCONT");
          await until("the stale one knows", () => owner.running.output().includes('"msg":"partition lost"'), 5_000);
        },
      });
    });

    test("[P10] [P2] [P3] an owner that stands still in the middle of a commit wakes up fenced: the database refuses it", async () => {
      const id = await town.newDocument("Fenced");
      const [one, two] = town.doors as [TcpProxy, TcpProxy];
      const writers = [town.open(id, `f${round}a`, "ana", [one]), town.open(id, `f${round}b`, "ben", [two])];
      let stopped = 0;
      try {
        await until("both are there", () => writers.every((writer) => writer.isSynced), 30_000);
        const stops = writers.map((writer) => writer.keepTyping(40));
        await until("both are saved", () => writers.every((writer) => writer.savedWords > 10), 30_000);
        // Whoever has saved them owns it, now that partitions have come to rest.
        const stale = await town.ownerOf(id);
        const [epoch, printed] = [await town.epochOf(id), stale.running.printed()];
        const release = await town.holdCommits();
        await until("a commit is under way", async () => (await town.heldCommits()) === 1, 5_000);
        stopped = stale.running.pid;
        process.kill(stopped, "SIGSTOP");
        await until("another owns it", async () => (await town.epochOf(id)) > epoch, 20_000);
        await until("the new owner's commit is under way, too", async () => (await town.heldCommits()) === 2, 10_000);
        await release();
        await until("both have ended", async () => (await town.heldCommits()) === 0, 10_000);
        process.kill(stale.running.pid, "SIGCONT");
        const lost = `"partition":${partitionOf(roomOf(id))},"msg":"partition lost"`;
        await until("the stale one knows", () => stale.running.since(printed).includes(lost), 5_000);
        for (const stop of stops) stop();
        const typed = writers.flatMap((writer) => writer.typed);
        await until("both are equal", () => areEqual(writers, typed), 5_000);
        await until(
          "all is SAVED",
          () => writers.every(({ savedWords, typed }) => savedWords === typed.length),
          10_000,
        );
        const newcomer = town.open(id, `f${round}n`, "admin", [one, two]);
        writers.push(newcomer);
        const isThere = () => newcomer.isSynced && areEqual(writers, typed);
        await until("who comes fresh is equal, too", isThere, 5_000);
        const alone = await untilNoGhosts(writers);
        const stored = await town.storedWords(id);
        const missing = typed.filter((word) => !stored.has(word));
        const rows = await town.storedUpdates(id);
        console.log(
          `fenced: epoch ${epoch} became ${await town.epochOf(id)}; ${typed.length} edits checked in ${rows.length} rows, ` +
            `${missing.length} missing, ${writtenTwice(rows)} written twice; no ghost ${alone} ms after somebody came fresh`,
        );
        expect({ missing, twice: writtenTwice(rows) }).toEqual({ missing: [], twice: 0 });
      } finally {
        if (stopped > 0) process.kill(stopped, "SIGCONT");
        for (const writer of writers) writer.close();
      }
    });

    test("[P1] [P2] [P3] a server stands still", async () => {
      const pid = town.servers[0]?.pid ?? 0;
      await underFault(town, "server stopped (SIGSTOP)", {
        lasts: 4_000,
        begin: async () => process.kill(pid, "SIGSTOP"),
        end: async () => process.kill(pid, "SIGCONT"),
      });
    });

    test("[P1] [P2] [P3] a server stands still for so long that it counts as gone, and wakes", async () => {
      const pid = town.servers[0]?.pid ?? 0;
      await underFault(town, "server stopped (SIGSTOP) beyond its time", {
        lasts: 22_000,
        begin: async () => process.kill(pid, "SIGSTOP"),
        end: async () => process.kill(pid, "SIGCONT"),
      });
    });

    test("[P10] [P1] [P3] the owner is asked to stop", async () => {
      let code: Promise<number | null> = Promise.resolve(null);
      await underFault(town, "owner ended (SIGTERM)", {
        goesOn: true,
        lasts: 1_500,
        begin: async (id) => {
          code = (await town.ownerOf(id)).running.stop();
        },
        end: () => town.restart(),
      });
      expect(await code).toBe(0);
    });

    test("[P10] [P1] [P2] [P3] the owner is killed: another goes on with what was not committed", async () => {
      let owner: { id: string };
      await underFault(town, "owner killed (SIGKILL)", {
        goesOn: true,
        lasts: 1_000,
        begin: async (id) => {
          const killed = await town.ownerOf(id);
          owner = killed;
          await killed.running.kill();
        },
        end: async (id) => {
          expect((await town.ownerOf(id)).id).not.toBe(owner.id);
          await town.restart();
        },
      });
    });

    test("[P1] [P2] [P3] both servers, both workers and Redis are killed in one moment", async () => {
      await underFault(town, "everything killed (SIGKILL)", {
        lasts: 300,
        begin: () => town.killAll(),
        end: async () => {
          await town.redis.start();
          await town.restart();
        },
      });
    });

    test("[P1] [P2] [P3] a server is asked to stop: its people go on over the other", async () => {
      let code: Promise<number | null> = Promise.resolve(null);
      await underFault(town, "server ended (SIGTERM)", {
        goesOn: true,
        mayMove: true,
        lasts: 2_000,
        begin: async () => {
          code = (town.servers[0] as Running).stop();
        },
        end: async () => {
          expect(await code).toBe(0);
          await town.restart();
        },
      });
    });

    test("[P1] [P2] [P3] servers and workers are all asked to stop", async () => {
      let codes: Promise<(number | null)[]> = Promise.resolve([]);
      await underFault(town, "everything ended (SIGTERM)", {
        lasts: 300,
        begin: async () => {
          codes = Promise.all([...town.servers, ...town.workers].map((running) => running.stop()));
        },
        end: async () => {
          expect(await codes).toEqual([0, 0, 0, 0]);
          await town.restart();
        },
      });
    });

    test("[P1] [P2] [P3] Redis is restarted by its operator", async () => {
      await underFault(town, "Redis restarted (SIGTERM)", {
        lasts: 500,
        begin: () => town.redis.shutDown(),
        end: () => town.redis.start(),
      });
    });

    test("[P1] [P2] [P3] Redis is killed and comes back with its append-only file", async () => {
      await underFault(town, "Redis killed", {
        lasts: 1_000,
        begin: () => town.redis.kill(),
        end: () => town.redis.start(),
      });
    });

    test("[P1] [P2] [P3] Redis stands still", async () => {
      await underFault(town, "Redis stopped (SIGSTOP)", {
        lasts: 4_000,
        begin: async () => town.redis.pause(),
        end: async () => town.redis.resume(),
      });
    });
  });
}
