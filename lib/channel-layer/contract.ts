// The acceptance suite of every channel layer; `describeChannelLayer` is called by the tests of each of them.
// What only one of them can suffer (a lost connection) is tested beside it.
import { afterEach, beforeEach, describe } from "vitest";
import type { ChannelLayer } from "./channel-layer.ts";
import { describeLog } from "./contract-log.ts";
import { describePeople } from "./contract-people.ts";
import { describeServers } from "./contract-servers.ts";

/** One transport; each `layer()` is what one more process would create. */
export interface Backend {
  layer(): ChannelLayer;
  /** Lets `ms` pass; a backend that cannot hurry the clock returns at once, as the tests poll. */
  elapse(ms: number): void;
  leaseTtl: number;
  serverTtl: number;
  /** Handlers that fail are logged; the test setup fails a test that logs otherwise. */
  errors: string[];
  close(): Promise<void>;
}

/** Runs the suite; `create` makes a backend of its own for each test. */
export function describeChannelLayer(name: string, create: () => Promise<Backend>): void {
  let backend: Backend;
  beforeEach(async () => {
    backend = await create();
  });
  afterEach(async () => {
    await backend.close();
  });
  describe(`${name}: the log towards the worker`, () => describeLog(() => backend));
  describe(`${name}: messages towards servers`, () => describeServers(() => backend));
  describe(`${name}: leases, beats, presence`, () => describePeople(() => backend));
}
