// What the database is asked for every client that comes: the account and the document, as they are now. Those who come
// at the same moment share one statement, and it goes below Prisma: a hundred people open a meeting's notes at once.
// Nothing is kept: the next moment asks again.
import DataLoader from "dataloader";
import { pool } from "#prisma/client.ts";
import type { SessionUser } from "./session.ts";

export interface DocumentRow {
  id: string;
  title: string;
  trashedAt: Date | null;
}

/** By id; null if there is none. */
export const accounts = createLookup<SessionUser>(
  "accounts",
  `SELECT id, name, email, color, is_staff AS "isStaff", is_admin AS "isAdmin", is_active AS "isActive",
     session_version AS "sessionVersion"
   FROM users WHERE id = ANY($1::text[])`,
);

/** By id; null if there is none. */
export const documents = createLookup<DocumentRow>(
  "documents",
  `SELECT id, title, trashed_at AS "trashedAt" FROM documents WHERE id = ANY($1::text[])`,
);

/** `name` is that of the prepared statement `text`, whose first parameter is a list of ids. */
function createLookup<Row extends { id: string }>(name: string, text: string): DataLoader<string, Row | null> {
  return new DataLoader(
    async (ids) => {
      const { rows } = await pool().query<Row>({ name, text, values: [[...new Set(ids)]] });
      const byId = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => byId.get(id) ?? null);
    },
    { cache: false, maxBatchSize: 1_000, batchScheduleFn: (run) => void setImmediate(run) },
  );
}
