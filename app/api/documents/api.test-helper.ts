// A running API for tests: a migrated database, people, the in-process channel layer, and calls as Next makes them.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode } from "next-auth/jwt";
import pino from "pino";
import { afterAll, beforeAll, beforeEach } from "vitest";
import * as one from "#app/api/documents/[id]/route.ts";
import * as imports from "#app/api/documents/import/route.ts";
import * as all from "#app/api/documents/route.ts";
import type { DocumentItem } from "#app/documents/_data/list-documents.ts";
import { MemoryChannelLayer } from "#lib/channel-layer/memory.ts";
import type { Announcement, Member } from "#lib/messages.ts";
import { setRuntime } from "#lib/runtime.ts";
import { type Database, db } from "#prisma/client.ts";
import { openTestDatabase } from "#prisma/testing/database.ts";

const secret = "s".repeat(32);
const log = pino({ level: "silent" });

interface Call {
  who?: "ana" | "vera" | null;
  body?: unknown;
  headers?: Record<string, string>;
}

type Handler = (request: Request, context: unknown) => Promise<Response>;

/** Ana is staff, Vera is not. Every test starts without documents, and with nobody in them. */
export function startApi() {
  const layer = new MemoryChannelLayer({ log });
  const heard: Announcement[] = [];
  const state = { notReady: null as string | null };
  let database: Database;
  let folder = "";
  let server: Awaited<ReturnType<typeof layer.server>>;

  beforeAll(async () => {
    database = await openTestDatabase("pglite");
    const person = { color: 4, passwordHash: "x" };
    await db().user.createMany({
      data: [
        { ...person, id: "ana", name: "Ana", email: "ana@example.com", isStaff: true },
        { ...person, id: "vera", name: "Vera", email: "vera@example.com", isStaff: false },
      ],
    });
    server = await layer.server("s1", {
      onMessages: () => {},
      onAnnouncement: (announcement) => heard.push(announcement),
      onGap: () => {},
      onLost: () => {},
    });
    const ready = async () => {
      if (state.notReady) throw new Error(state.notReady);
    };
    folder = await mkdtemp(join(tmpdir(), "yroom-api-"));
    const env = { NEXTAUTH_SECRET: secret, DATA_DIR: folder, MAX_UPLOAD_MB: 1 };
    setRuntime({ env, log, layer, ready } as unknown as Parameters<typeof setRuntime>[0]);
  });
  afterAll(async () => {
    await layer.close();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    heard.length = 0;
    state.notReady = null;
    await server.beat(new Map());
    await db().document.deleteMany();
  });

  return {
    layer,
    /** What servers were told. */
    heard,
    /** Set `notReady` to the reason why /api/ready would say no. */
    state,
    setPresence: (presence: Map<string, Member[]>) => server.beat(presence),
  };
}

/** Calls the handler that Next would call for the path. */
export async function call(
  method: "GET" | "POST" | "PATCH" | "DELETE",
  path: string,
  { who = "ana", body, headers }: Call = {},
) {
  const json =
    body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const request = await requestAs(who, method, path, { ...json, headers: { ...json.headers, ...headers } });
  const id = /^\/api\/documents\/(.+)$/.exec(new URL(request.url).pathname)?.[1];
  const handler = (id ? one : all)[method as keyof (typeof one | typeof all)] as unknown as Handler;
  const response = await handler(request, { params: Promise.resolve({ id: decodeURIComponent(id ?? "") }) });
  return { response, status: response.status, json: await response.json() };
}

/** A request as the person's browser would send it. */
export async function requestAs(
  who: "ana" | "vera" | null,
  method: string,
  path: string,
  { headers, body }: { headers?: Record<string, string> | undefined; body?: BodyInit | null | undefined } = {},
): Promise<Request> {
  const url = new URL(path, "http://localhost:3000");
  const cookie = who && `next-auth.session-token=${await encode({ token: { sub: who, sessionVersion: 1 }, secret })}`;
  const sent = { host: url.host, ...(cookie ? { cookie } : {}), ...headers };
  return new Request(url, { method, headers: sent, ...(body ? { body, duplex: "half" } : {}) } as RequestInit);
}

/** Sends a file to be imported; `query` is the part after the question mark. */
export async function importFile(
  query: Record<string, string>,
  body: BodyInit | null,
  { who = "ana", headers }: Omit<Call, "body"> = {},
) {
  const path = `/api/documents/import?${new URLSearchParams(query)}`;
  const request = await requestAs(who, "POST", path, { headers, body });
  const response = await imports.POST(request, undefined);
  return { response, status: response.status, json: await response.json() };
}

/** Makes a document of Ana's; answers its id. */
export async function create(title: string, more: { editedAt?: Date; trashedAt?: Date } = {}): Promise<string> {
  const { id } = await db().document.create({ data: { title, createdById: "ana", ...more } });
  return id;
}

export function titles(json: { documents: DocumentItem[] }): string[] {
  return json.documents.map(({ title }) => title);
}
