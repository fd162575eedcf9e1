// Closes the sockets of whoever lost access: signed out everywhere, deactivated, no longer staff, document trashed.
// It asks the database, not a message, so that a change made by any means takes effect within two seconds.

import type { Log } from "#lib/log.ts";
import { CLOSE } from "#lib/protocol.ts";
import { db } from "#prisma/client.ts";
import { mayEnter } from "./auth/access.ts";
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
  const admissions = [...consumers.all()].map((consumer) => consumer.admission);
  const unique = (ids: string[]) => [...new Set(ids)];
  const [users, documents] = await Promise.all([
    db().user.findMany({
      where: { id: { in: unique(admissions.map(({ member }) => member.id)) } },
      select: { id: true, isActive: true, isStaff: true, sessionVersion: true },
    }),
    db().document.findMany({
      where: { id: { in: unique(admissions.flatMap(({ documentId }) => documentId ?? [])) }, trashedAt: null },
      select: { id: true },
    }),
  ]);
  const people = new Map(users.map((user) => [user.id, user]));
  const open = new Set(documents.map(({ id }) => id));
  const asked = new Set(admissions);
  for (const consumer of [...consumers.all()]) {
    const { member, sessionVersion, documentId } = consumer.admission;
    // Came after the question was asked; the next look is about it.
    if (!asked.has(consumer.admission)) continue;
    const user = people.get(member.id);
    if (!user || user.sessionVersion !== sessionVersion) consumer.close(CLOSE.signedOut, "the session has ended");
    else if (!mayEnter(user)) consumer.close(CLOSE.noAccess, "access was withdrawn");
    else if (documentId !== null && !open.has(documentId))
      consumer.close(CLOSE.noDocument, "the document is in the trash");
  }
}
