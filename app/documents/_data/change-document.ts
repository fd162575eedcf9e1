// Creates, renames, trashes and restores documents, and tells everybody who has them open.
import { CLOSE } from "#lib/protocol.ts";
import { documentRoom } from "#lib/room-types.ts";
import { runtime } from "#lib/runtime.ts";
import { db } from "#prisma/client.ts";

interface Author {
  id: string;
  name: string;
}

/** Answers the new id. */
export async function createDocument(title: string, author: Author): Promise<string> {
  const { id } = await db().document.create({ data: { title, createdById: author.id }, select: { id: true } });
  return id;
}

export async function renameDocument(id: string, title: string, author: Author): Promise<void> {
  await db().document.update({ where: { id }, data: { title, editedAt: new Date() } });
  await tell(async ({ layer }) => {
    await layer.announce({
      type: "notice",
      room: documentRoom(id),
      notice: { kind: "renamed", title, by: author.name },
    });
  });
}

export async function trashDocument(id: string, author: Author): Promise<void> {
  await db().document.updateMany({ where: { id, trashedAt: null }, data: { trashedAt: new Date() } });
  const room = documentRoom(id);
  await tell(async ({ layer }) => {
    await layer.announce({ type: "notice", room, notice: { kind: "trashed", by: author.name } });
    await layer.announce({ type: "close", room, userId: null, code: CLOSE.noDocument, reason: "moved to the trash" });
  });
}

export async function restoreDocument(id: string): Promise<void> {
  await db().document.update({ where: { id }, data: { trashedAt: null } });
}

/** The change is made; that open pages hear of it late (server/access-watch.ts closes them anyway) is no failure. */
async function tell(announce: (context: ReturnType<typeof runtime>) => Promise<void>): Promise<void> {
  const context = runtime();
  await announce(context).catch((error: unknown) => context.log.warn({ err: error }, "open pages were not told"));
}
