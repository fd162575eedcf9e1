// Faults of the database, one after the other, on a town of its own (town.ts): while nothing can be committed nobody
// is told SAVED, and everybody goes on seeing everybody; what must hold afterwards is in scene.ts.

import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import { expect, test } from "@playwright/test";
import WebSocket from "ws";
import * as Y from "yjs";
import { caretTo, newDocument, openDocument, pageOf, saveState, untilSaved } from "../fixtures.ts";
import { cookieHeader, type Person } from "../people.ts";
import type { Running } from "../processes.ts";
import { rounds } from "./random.ts";
import { printTotals, underFault } from "./scene.ts";
import { Town } from "./town.ts";
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

/** New connections of the town learn it at once, and so do open ones. */
async function setReadOnly(readOnly: boolean): Promise<void> {
  await town.postgres.query(`ALTER SYSTEM SET default_transaction_read_only = ${readOnly ? "on" : "off"}`);
  await town.postgres.query("SELECT pg_reload_conf()");
  await until(
    "the setting is there",
    async () =>
      (await town.postgres.query("SHOW transaction_read_only"))[0]?.transaction_read_only === (readOnly ? "on" : "off"),
    5_000,
  );
  await town.postgres.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'",
  );
}

/** How often a worker has said that a commit failed. */
const failures = (worker: Running) => worker.output().split('"msg":"storage failed').length - 1;

for (let round = 1; round <= rounds; round++) {
  test.describe(`round ${round}`, () => {
    test.describe.configure({ timeout: 90_000 });

    test("[P1] [P2] [P3] PostgreSQL is killed, all of it, and comes back", async () => {
      await underFault(town, "Postgres killed", {
        holdsCommits: true,
        goesOn: true,
        lasts: 3_000,
        begin: () => town.postgres.kill(),
        end: () => town.postgres.start(),
      });
    });

    test("[P1] [P2] [P3] PostgreSQL is restarted by its operator", async () => {
      await underFault(town, "Postgres restarted (SIGINT)", {
        holdsCommits: true,
        goesOn: true,
        lasts: 1_500,
        begin: () => town.postgres.shutDown(),
        end: () => town.postgres.start(),
      });
    });

    test("[P2] [P3] a worker is asked to stop while PostgreSQL is away: it ends within 12 s and loses nothing", async () => {
      let took = 0;
      await underFault(town, "Postgres killed, then the owner ended (SIGTERM)", {
        holdsCommits: true,
        lasts: 500,
        begin: () => town.postgres.kill(),
        end: async (id) => {
          const { running } = await town.ownerOf(id);
          const asked = Date.now();
          await running.stop();
          took = Date.now() - asked;
          await town.postgres.start();
          await town.restart();
        },
      });
      console.log(`the worker ended after ${took} ms`);
      // Its own limit, and a moment for the process to be gone.
      expect(took).toBeLessThan(12_000 + 1_000);
    });

    test("[P1] [P2] [P3] the way to PostgreSQL is slow and is cut", async () => {
      let cuts = 0;
      await underFault(town, "Postgres slow (300 ms each way) and cut", {
        goesOn: true,
        lasts: 4_000,
        begin: async () => {
          town.database.delay(300);
          cuts += town.database.cut();
        },
        end: async () => {
          cuts += town.database.cut();
          town.database.delay(0);
        },
      });
      console.log(`${cuts} connections were cut`);
      expect(cuts).toBeGreaterThan(1);
    });

    test("[P1] [P2] [P3] PostgreSQL is read-only", async () => {
      await underFault(town, "Postgres read-only", {
        holdsCommits: true,
        goesOn: true,
        lasts: 3_000,
        begin: () => setReadOnly(true),
        end: () => setReadOnly(false),
      });
    });

    test("[P1] [P2] [P3] PostgreSQL's disk is full", async () => {
      await underFault(town, `Postgres with ${town.postgres.diskKind}`, {
        holdsCommits: true,
        goesOn: true,
        lasts: 3_000,
        begin: async (id) => {
          // Of the other worker a commit may fail while what this one has to write still fits somewhere.
          const { running } = await town.ownerOf(id);
          const before = failures(running);
          town.postgres.fillDisk();
          await until("a commit fails", () => failures(running) > before, 20_000);
        },
        end: () => town.postgres.emptyDisk(),
      });
      expect(town.postgres.output).toMatch(/No space left on device|File too large|could not extend file/);
    });

    test("[P2] hasUnsyncedChanges of the real HocuspocusProvider falls to false only after the commit", async () => {
      const id = await town.newDocument("held");
      const providers: HocuspocusProvider[] = [];
      const join = (who: Person, number: number) => {
        class Socket extends WebSocket {
          constructor(address: string | URL, protocols?: string | string[]) {
            const headers = { cookie: cookieHeader(town.cookiesOf(who)), origin: town.address(number) };
            super(address, protocols ?? [], { headers });
          }
        }
        const url = `${town.address(number).replace("http", "ws")}/ws/hocuspocus`;
        const websocketProvider = new HocuspocusProviderWebsocket({ url, WebSocketPolyfill: Socket });
        const provider = new HocuspocusProvider({ websocketProvider, name: `tiptap.${id}`, document: new Y.Doc() });
        provider.attach();
        providers.push(provider);
        return { provider, text: provider.document.getText("t") };
      };
      try {
        const [ana, ben] = [join("ana", 0), join("ben", 1)];
        const isSaved = ({ provider }: typeof ana) => provider.isSynced && !provider.hasUnsyncedChanges;
        await until("both are synced", () => isSaved(ana) && isSaved(ben), 10_000);
        const release = await town.holdCommits();
        ana.text.insert(0, "held by a lock");
        await until("the other sees it", () => ben.text.toString() === "held by a lock", 5_000);
        let heldFor = 0;
        for (const from = Date.now(); heldFor < 2_000; heldFor = Date.now() - from) {
          expect(ana.provider.hasUnsyncedChanges).toBe(true);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        await release();
        const after = await until("it is saved", () => isSaved(ana), 5_000);
        const rows = await town.postgres.query("SELECT 1 FROM room_updates WHERE room = $1", [`tiptap.${id}`]);
        expect(rows.length).toBeGreaterThan(0);
        console.log(`HocuspocusProvider: unsynced for the ${heldFor} ms of the lock, saved ${after} ms after its end`);
      } finally {
        for (const provider of providers) {
          provider.destroy();
          provider.configuration.websocketProvider.destroy();
        }
      }
    });

    test("[P2] a page says Saved only when the database has it", async ({ browser }) => {
      const page = await pageOf(browser, town.address(0), "ana");
      const id = await newDocument(page, "Held");
      await openDocument(page, id);
      await caretTo(page, "end");
      await page.keyboard.type("free ");
      await untilSaved(page);
      const release = await town.holdCommits();
      await page.keyboard.type("held ");
      await expect(saveState(page)).toHaveText("Saving…");
      let heldFor = 0;
      for (const from = Date.now(); heldFor < 2_000; heldFor = Date.now() - from) {
        expect(await saveState(page).textContent()).toBe("Saving…");
      }
      expect([...(await town.storedWords(id))]).toEqual(["free"]);
      await release();
      await untilSaved(page);
      expect([...(await town.storedWords(id))]).toEqual(["free", "held"]);
      console.log(`a page: not Saved for the ${heldFor} ms of the lock, then Saved`);
      await page.context().close();
    });
  });
}
