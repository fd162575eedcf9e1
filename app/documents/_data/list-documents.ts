// Reads documents for the list, the API and the page of one document, with who is in them now.
import { z } from "zod";
import type { Member } from "#lib/messages.ts";
import { documentRoom } from "#lib/room-types.ts";
import { runtime } from "#lib/runtime.ts";
import { db } from "#prisma/client.ts";
import { cleanTitle, TITLE_LENGTH } from "./title.ts";

/** One document as the API answers it; dates are ISO 8601. */
export interface DocumentItem {
  id: string;
  title: string;
  createdAt: string;
  editedAt: string;
  trashedAt: string | null;
  createdBy: { id: string; name: string; color: number } | null;
  /** Who has it open, one entry per person. */
  people: Member[];
}

export interface DocumentPage {
  documents: DocumentItem[];
  /** Give it as `cursor` to get what follows; null at the end. */
  next: string | null;
}

export const listQuery = z.object({
  /** Cleaned like a title: what a title cannot contain is not looked for. */
  q: z.string().max(1000).transform(cleanTitle).pipe(z.string().max(TITLE_LENGTH)).default(""),
  trashed: z.enum(["0", "1"]).default("0"),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z
    .string()
    .regex(/^\d{1,15}\.[\w-]{1,64}$/, "must be the `next` of an earlier answer")
    .transform((value) => ({ time: new Date(Number(value.split(".")[0])), id: value.split(".")[1] ?? "" }))
    .optional(),
});

const select = {
  id: true,
  title: true,
  createdAt: true,
  editedAt: true,
  trashedAt: true,
  createdBy: { select: { id: true, name: true, color: true } },
} as const;

type Row = Omit<DocumentItem, "createdAt" | "editedAt" | "trashedAt" | "people"> & {
  createdAt: Date;
  editedAt: Date;
  trashedAt: Date | null;
};

/**
 * Recently edited first, in the trash recently trashed first; `q` is looked for in titles, in upper or lower case. The
 * cursor is a place in time, not a row: nothing is skipped when the last row of a page moves or goes.
 */
export async function listDocuments({ q, trashed, limit, cursor }: z.infer<typeof listQuery>): Promise<DocumentPage> {
  const by = trashed === "1" ? "trashedAt" : "editedAt";
  const rows = await db().document.findMany({
    where: {
      trashedAt: trashed === "1" ? { not: null } : null,
      // LIKE's own wildcards are ordinary characters here.
      ...(q === "" ? {} : { title: { contains: q.replaceAll(/[\\%_]/g, "\\$&"), mode: "insensitive" } }),
      ...(cursor ? { OR: [{ [by]: { lt: cursor.time } }, { [by]: cursor.time, id: { lt: cursor.id } }] } : {}),
    },
    orderBy: [{ [by]: "desc" }, { id: "desc" }],
    take: limit + 1,
    select,
  });
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { documents: await withPeople(shown), next: last ? `${last[by]?.getTime()}.${last.id}` : null };
}

/** Null if there is no such document; a trashed one is found. */
export async function findDocument(id: string): Promise<DocumentItem | null> {
  const row = await db().document.findUnique({ where: { id }, select });
  return row ? ((await withPeople([row]))[0] ?? null) : null;
}

async function withPeople(rows: Row[]): Promise<DocumentItem[]> {
  const presence = await whoIsIn(rows.filter((row) => !row.trashedAt).map((row) => documentRoom(row.id)));
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt.toISOString(),
    trashedAt: row.trashedAt?.toISOString() ?? null,
    people: presence.get(documentRoom(row.id)) ?? [],
  }));
}

/** A list without avatars is better than no list while the channel layer is away. */
async function whoIsIn(rooms: string[]): Promise<Map<string, Member[]>> {
  const { layer, log } = runtime();
  return layer.presence(rooms).catch((error: unknown) => {
    log.warn({ err: error }, "cannot tell who is in the documents");
    return new Map();
  });
}
