// Closes the sockets of whoever lost access: signed out everywhere, deactivated, no longer staff, document trashed, or
// whatever else the rule of auth/access.ts is made of. It asks the database, not a message, so that a change made by any
// means takes effect within two seconds.

import type { Log } from "#lib/log.ts";
import { CLOSE } from "#lib/protocol.ts";
import { accessTo, mayEnter } from "./auth/access.ts";
import { findAccountRow, findDocumentRow } from "./auth/lookups.ts";
import type { Consumer } from "./consumer.ts";
import type { Consumers } from "./consumers.ts";

/** ms between two looks. */
const INTERVAL = 1_200;

/** Answers a function that stops it. */
export function startAccessWatch(consumers: Consumers, log: Log): () => void {
  let failing = false;
  let timer: NodeJS.Timeout;
  let stopped = false;
  const look = async () => {
    try {
      if (consumers.size > 0) await closeWhoLostAccess(consumers);
      failing = false;
    } catch (error) {
      if (!failing) log.warn({ err: error }, "cannot check access; trying again");
      failing = true;
    }
    if (!stopped) timer = setTimeout(look, INTERVAL);
  };
  timer = setTimeout(look, INTERVAL);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

async function closeWhoLostAccess(consumers: Consumers): Promise<void> {
  const asked = new Set([...consumers.all()].map(({ admission }) => admission));
  const [people, documents] = await Promise.all([
    rowsOf(
      [...asked].map(({ member }) => member.id),
      findAccountRow,
    ),
    rowsOf(
      [...asked].flatMap(({ documentId }) => documentId ?? []),
      findDocumentRow,
    ),
  ]);
  for (const consumer of [...consumers.all()]) {
    const { admission } = consumer;
    // Came after the question was asked; the next look is about it.
    if (!asked.has(admission)) continue;
    const { documentId, sessionVersion } = admission;
    const user = people.get(admission.member.id);
    if (!user || user.sessionVersion !== sessionVersion) consumer.close(CLOSE.signedOut, "the session has ended");
    else if (!mayEnter(user)) consumer.close(CLOSE.noAccess, "access was withdrawn");
    else if (documentId !== null) judge(consumer, accessTo(documents.get(documentId) ?? null, user));
  }
}

/** By what the rule says now, and what it said when the connection was let in. */
function judge(consumer: Consumer, { access, document }: ReturnType<typeof accessTo>): void {
  const before = consumer.admission.access ?? access;
  if (!document || document.isTrashed) consumer.close(CLOSE.noDocument, "the document is in the trash");
  else if (access === "none") consumer.close(CLOSE.noAccess, "access was withdrawn");
  // It comes back at once, with the rights that it has now.
  else if (access !== before) consumer.close(CLOSE.restart, "the rights to this document have changed");
}

async function rowsOf<T>(ids: string[], find: (id: string) => Promise<T | null>): Promise<Map<string, T | null>> {
  return new Map(await Promise.all([...new Set(ids)].map(async (id) => [id, await find(id)] as const)));
}
