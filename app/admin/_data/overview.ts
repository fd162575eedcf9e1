// What lives, with the titles of the documents: for the page of administrators and its API.
import type { Overview } from "#lib/reports.ts";
import { runtime } from "#lib/runtime.ts";
import { db } from "#prisma/client.ts";

export type OverviewRoom = Overview["rooms"][number] & {
  /** The document whose text the room holds; null if there is none. */
  document: { id: string; title: string } | null;
};

export type NamedOverview = Omit<Overview, "rooms"> & { rooms: OverviewRoom[] };

export async function readOverview(): Promise<NamedOverview> {
  const overview = await runtime().administration.overview();
  const ids = overview.rooms.map(({ name }) => documentIdOf(name));
  const rows = await db().document.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, title: true },
  });
  const documents = new Map(rows.map((row) => [row.id, row]));
  return {
    ...overview,
    rooms: overview.rooms.map((room) => ({ ...room, document: documents.get(documentIdOf(room.name)) ?? null })),
  };
}

/** What is behind the prefix. */
function documentIdOf(room: string): string {
  return room.slice(room.indexOf(".") + 1);
}
