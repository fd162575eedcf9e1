// Faults of real processes, one after the other: workers, servers and Redis are killed, stopped and paused while
// people write. Two servers and two workers on a Redis and a PostgreSQL of their own (town.ts); what must hold after
// each is in scene.ts.

import { expect, test } from "@playwright/test";
import type { Running } from "../processes.ts";
import { rounds } from "./random.ts";
import { printTotals, underFault, until } from "./scene.ts";
import { Town } from "./town.ts";

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

    test("[P1] [P2] [P3] a server stands still", async () => {
      const pid = town.servers[0]?.pid ?? 0;
      await underFault(town, "server stopped (SIGSTOP)", {
        lasts: 4_000,
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
        lasts: 6_000,
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
