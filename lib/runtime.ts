// What the composing process (server/main.ts, embedded/main.ts) shares with Next's pages and route handlers. Those
// run in the same process, but Next evaluates its own copy of every module, so singletons live on globalThis.
import type { ChannelLayer } from "#lib/channel-layer/channel-layer.ts";
import type { Env } from "#lib/env.ts";
import type { Log } from "#lib/log.ts";
import type { Administration } from "#lib/reports.ts";
import type { Requests } from "#lib/requests.ts";

export interface Runtime {
  env: Env;
  log: Log;
  layer: ChannelLayer;
  /** Calls to workers that wait for a response; the way lib/document.ts reaches a live room. */
  requests: Requests;
  /** What administrators may see and do. */
  administration: Administration;
  /** Resolves when everything a request needs answers; rejects with the reason otherwise. */
  ready(): Promise<void>;
}

const holder = globalThis as typeof globalThis & { __yroomRuntime?: Runtime };

export function setRuntime(runtime: Runtime): void {
  holder.__yroomRuntime = runtime;
}

/** The runtime of this process. Throws while a page is rendered outside the server (`next build`). */
export function runtime(): Runtime {
  if (!holder.__yroomRuntime) throw new Error("The server is not running: start it with `npm start` or `npm run dev`.");
  return holder.__yroomRuntime;
}
