// What the database is asked for every client that comes: the account and the document, as they are now. All that is
// asked at the same moment is one statement, and it goes below Prisma: a hundred people open a meeting's notes at once,
// and each of them waits for it. Nothing is kept: the next moment asks again.
import DataLoader from "dataloader";
import { pool } from "#prisma/client.ts";
import type { SessionUser } from "./session.ts";

export interface DocumentRow {
  id: string;
  title: string;
  isTrashed: boolean;
}

interface Answers {
  accounts: SessionUser[] | null;
  documents: DocumentRow[] | null;
}

type Question = { of: keyof Answers; id: string };

/** Account ids in, document ids in; a row of two lists out. */
const STATEMENT = `SELECT
  (SELECT json_agg(json_build_object('id', id, 'name', name, 'email', email, 'color', color, 'isStaff', is_staff,
     'isAdmin', is_admin, 'isActive', is_active, 'sessionVersion', session_version))
   FROM users WHERE id = ANY($1::text[])) AS accounts,
  (SELECT json_agg(json_build_object('id', id, 'title', title, 'isTrashed', trashed_at IS NOT NULL))
   FROM documents WHERE id = ANY($2::text[])) AS documents`;

const questions = new DataLoader<Question, SessionUser | DocumentRow | null>(
  async (asked) => {
    const ids = (of: Question["of"]) => [...new Set(asked.filter((one) => one.of === of).map(({ id }) => id))];
    const values = [ids("accounts"), ids("documents")];
    const { rows } = await pool().query<Answers>({ name: "lookups", text: STATEMENT, values });
    const byId = {
      accounts: new Map(rows[0]?.accounts?.map((row) => [row.id, row])),
      documents: new Map(rows[0]?.documents?.map((row) => [row.id, row])),
    };
    return asked.map(({ of, id }) => byId[of].get(id) ?? null);
  },
  { cache: false, maxBatchSize: 1_000, batchScheduleFn: (run) => void setImmediate(run) },
);

/** Null if there is none. */
export function findAccountRow(id: string): Promise<SessionUser | null> {
  return questions.load({ of: "accounts", id }) as Promise<SessionUser | null>;
}

/** Null if there is none. */
export function findDocumentRow(id: string): Promise<DocumentRow | null> {
  return questions.load({ of: "documents", id }) as Promise<DocumentRow | null>;
}
