// Next.js inside our HTTP server. Next would attach an upgrade listener of its own and close sockets whose path
// matches a page, so it is given a server that never listens.
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { Duplex } from "node:stream";
import next from "next";
import { type Env, trustVisitedHost } from "#lib/env.ts";

export interface NextApp {
  handle: RequestListener;
  /** Development only: passes an upgrade on to Next's hot reload. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

/** `dir` is the project's root. In production it must have been built. */
export async function createNextApp(env: Env, dir: string, port: number): Promise<NextApp> {
  if (!env.NEXTAUTH_URL) trustVisitedHost();
  const decoy = createServer();
  const dev = env.NODE_ENV === "development";
  const app = next({ dev, dir, httpServer: decoy, hostname: env.HOST, port });
  await app.prepare();
  return {
    handle: app.getRequestHandler(),
    upgrade: (request, socket, head) => void decoy.emit("upgrade", request, socket, head),
    close: () => app.close(),
  };
}
