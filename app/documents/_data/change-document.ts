// Creates, renames, trashes and restores documents, and tells everybody who has them open. Who may do so is decided
// before, by server/auth/access.ts.
import type { Announcement, Notice } from "#lib/messages.ts";
import { CLOSE } from "#lib/protocol.ts";
import { documentRoom } from "#lib/room-types.ts";
import { runtime } from "#lib/runtime.ts";
import { db } from "#prisma/client.ts";

interface Author {
  id: string;
  name: string;
}

/** `title` is one that titleSchema answered. Answers the new id. */
export async function createDocument(title: string, author: Author): Promise<string> {
  const { id } = await db().document.create({ data: { title, createdById: author.id }, select: { id: true } });
  return id;
}

/** What is undefined stays; what is so already is not done, and not told, again. */
export async function changeDocument(
  id: string,
  { title, trashed }: { title?: string | undefined; trashed?: boolean | undefined },
  author: Author,
): Promise<void> {
  const now = new Date();
  const room = documentRoom(id);
  const { document } = db();
  const notice = (notice: Notice): Announcement => ({ type: "notice", room, notice });
  if (trashed === false) await document.updateMany({ where: { id }, data: { trashedAt: null } });
  if (title !== undefined) {
    const renamed = await document.updateMany({ where: { id, NOT: { title } }, data: { title, editedAt: now } });
    if (renamed.count > 0) await tell([notice({ kind: "renamed", title, by: author.name })]);
  }
  if (trashed === true) {
    const moved = await document.updateMany({ where: { id, trashedAt: null }, data: { trashedAt: now } });
    const close = { type: "close", room, userId: null, code: CLOSE.noDocument, reason: "moved to the trash" } as const;
    if (moved.count > 0) await tell([notice({ kind: "trashed", by: author.name }), close]);
  }
}

/** The change is made; that open pages hear of it late (server/access-watch.ts closes them anyway) is no failure. */
async function tell(announcements: Announcement[]): Promise<void> {
  const { layer, log } = runtime();
  try {
    for (const announcement of announcements) await layer.announce(announcement);
  } catch (error) {
    log.warn({ err: error }, "open pages were not told of a change");
  }
}
