// The pictures of a document for the formats that carry them along. A picture of another document comes along only if
// the person may read that one, too.
import type { Node } from "prosemirror-model";
import type { ExportPicture } from "#app/_editor/export/format.ts";
import { db } from "#prisma/client.ts";
import { documentAccess } from "#server/auth/access.ts";
import type { SessionUser } from "#server/auth/session.ts";
import { fileStore } from "#server/files/open-store.ts";

/** Bytes in all; what does not fit is left out. */
const MOST = 100_000_000;

/** By the id of the file. */
export async function readPictures(doc: Node, user: SessionUser): Promise<Map<string, ExportPicture>> {
  const ids = new Set<string>();
  doc.descendants((node) => {
    if (node.type.name === "image" && node.attrs.file) ids.add(node.attrs.file);
  });
  const pictures = new Map<string, ExportPicture>();
  if (ids.size === 0) return pictures;
  const files = await db().file.findMany({ where: { id: { in: [...ids] }, width: { not: null } } });
  let size = 0;
  for (const file of files) {
    size += file.size;
    if (size > MOST || (await documentAccess(user, file.documentId)).access === "none") continue;
    const bytes = await fileStore().get(file.id);
    if (bytes)
      pictures.set(file.id, { type: file.type, bytes: new Uint8Array(await new Response(bytes).arrayBuffer()) });
  }
  return pictures;
}
