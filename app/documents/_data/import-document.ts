// Makes a document with a text that somebody brought. The row and the stored state of its room are written in one
// transaction, before anybody can open it, so that the text is there once: docs/decisions/0015.
import { createHash } from "node:crypto";
import type { Node } from "prosemirror-model";
import { prosemirrorToYDoc } from "y-prosemirror";
import * as Y from "yjs";
import { FRAGMENT } from "#app/_editor/schema.ts";
import { LIMITS } from "#lib/protocol.ts";
import { documentRoom } from "#lib/room-types.ts";
import { db } from "#prisma/client.ts";

/** The same for every repetition of a person's request, and different from everybody else's. */
export function importedId(importId: string, authorId: string): string {
  return `i${createHash("sha256")
    .update(JSON.stringify([authorId, importId]))
    .digest("hex")
    .slice(0, 31)}`;
}

/** The state of a room with this text, or null if it has more bytes than a browser can be sent at once. */
export function roomState(doc: Node): Uint8Array<ArrayBuffer> | null {
  const state = Y.encodeStateAsUpdate(prosemirrorToYDoc(doc, FRAGMENT));
  return state.length > LIMITS.frameBytes * 0.9 ? null : Uint8Array.from(state);
}

/** False if the document is there already; then nothing is changed. `id` is one of importedId's. */
export async function createImported(
  id: string,
  title: string,
  state: Uint8Array<ArrayBuffer>,
  authorId: string,
): Promise<boolean> {
  return db().$transaction(async (tx) => {
    const { count } = await tx.document.createMany({
      data: [{ id, title, createdById: authorId }],
      skipDuplicates: true,
    });
    if (count === 0) return false;
    await tx.roomSnapshot.create({ data: { room: documentRoom(id), state, upTo: 0n } });
    return true;
  });
}
