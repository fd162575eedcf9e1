// Rooms in the application's database. Every verb is one statement, so that it is one transaction and one round trip,
// on Postgres and on PGlite alike. It goes to the driver below Prisma: that sends bytes as bytes.
// What the bytes mean is not looked at here.
import type { Database } from "#prisma/client.ts";
import { roomKey } from "#worker/storage/room-key.ts";
import type { Append, Storage } from "#worker/storage/storage.ts";

/** History is kept this long behind the snapshot that covers it. */
const RETENTION = "90 days";

/** Storage over an open database; closing it stays with whoever opened it. */
export function createPrismaStorage({ pool }: Pick<Database, "pool">): Storage {
  return {
    async own(channel, partition, workerId) {
      const { rows } = await pool.query<{ epoch: string }>(OWN, [channel, partition, workerId]);
      return BigInt(rows[0]?.epoch ?? 0);
    },

    async load(room) {
      const { rows } = await pool.query<{ id: string; bytes: Buffer; compacted: boolean }>(LOAD, [roomKey(room)]);
      const last = rows.at(-1);
      if (!last) return null;
      const snapshot = rows[0]?.compacted ? rows[0].bytes : null;
      const updates = rows.slice(snapshot ? 1 : 0).map((row) => row.bytes);
      return { snapshot, updates, upTo: BigInt(last.id) };
    },

    async append(rows) {
      if (rows.length === 0) return [];
      const column = <T>(of: (row: Append) => T) => rows.map(of);
      const values = [
        Buffer.concat(column(({ update }) => update)),
        column(({ update }) => update.byteLength),
        column(({ room }) => roomKey(room)),
        column(({ authors }) => JSON.stringify(authors.map(roomKey))),
        column(({ fence }) => fence.channel),
        column(({ fence }) => fence.partition),
        column(({ fence }) => fence.epoch),
      ];
      // Named, so that Postgres plans it once per connection: that is half of the time of a small append.
      const written = await pool.query<{ n: number; id: string }>({ name: "append", text: APPEND, values });
      const ids = new Map(written.rows.map(({ n, id }) => [n - 1, BigInt(id)]));
      return rows.map((_, n) => ids.get(n) ?? null);
    },

    async compact(room, state, upTo, { channel, partition, epoch }) {
      const values = [roomKey(room), asBuffer(state), upTo, channel, partition, epoch];
      const { rows } = await pool.query(COMPACT, values);
      return rows.length > 0;
    },

    async delete(room, { channel, partition, epoch }) {
      const { rows } = await pool.query(DELETE, [roomKey(room), channel, partition, epoch]);
      return rows.length > 0;
    },
  };
}

/** The driver sends a Buffer as it is; the bytes are not copied. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Waits for the row locks of appends that are still running. */
const OWN = `
INSERT INTO partition_owners AS owner (channel, partition, epoch, worker_id) VALUES ($1, $2, 1, $3)
ON CONFLICT (channel, partition)
  DO UPDATE SET epoch = owner.epoch + 1, worker_id = excluded.worker_id, taken_at = now()
RETURNING epoch`;

const LOAD = `
SELECT up_to AS id, state AS bytes, true AS compacted FROM room_snapshots WHERE room = $1
UNION ALL
SELECT id, payload, false FROM room_updates
WHERE room = $1 AND id > coalesce((SELECT up_to FROM room_snapshots WHERE room = $1), 0)
ORDER BY compacted DESC, id`;

/**
 * All updates travel as one binary value, $1: a list of them would be sent as text.
 * The share locks on the owners are held until the commit: a takeover waits for them, and whoever waits for a takeover
 * sees the new epoch. Ids are drawn in the order of the rows. A document counts as edited at most every five seconds.
 */
const APPEND = `
WITH given AS (
  SELECT row.*, sum(size) OVER (ORDER BY n) AS till
  FROM unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::int[], $7::bigint[])
    WITH ORDINALITY AS row (size, room, authors, channel, partition, epoch, n)
),
owners AS MATERIALIZED (
  SELECT owner.channel, owner.partition, owner.epoch FROM partition_owners AS owner
  WHERE (owner.channel, owner.partition) IN (SELECT given.channel, given.partition FROM given) FOR SHARE
),
allowed AS MATERIALIZED (
  SELECT nextval('room_updates_id_seq') AS id, ordered.* FROM (
    SELECT given.* FROM given JOIN owners USING (channel, partition, epoch) ORDER BY given.n
  ) AS ordered
),
written AS (
  INSERT INTO room_updates (id, room, payload, authors)
  SELECT id, room, substring($1::bytea FROM (till - size + 1)::int FOR size), ARRAY(SELECT jsonb_array_elements_text(authors::jsonb)) FROM allowed
),
edited AS (
  UPDATE documents SET edited_at = now()
  WHERE id IN (SELECT substr(room, 13) FROM allowed WHERE starts_with(room, 'prosemirror.'))
    AND edited_at < now() - interval '5 seconds'
)
SELECT n::int AS n, id FROM allowed`;

const COMPACT = `
WITH owner AS MATERIALIZED (
  SELECT 1 FROM partition_owners WHERE channel = $4 AND partition = $5 AND epoch = $6::bigint FOR SHARE
),
saved AS (
  INSERT INTO room_snapshots AS old (room, state, up_to) SELECT $1::text, $2::bytea, $3::bigint FROM owner
  ON CONFLICT (room) DO UPDATE SET state = excluded.state, up_to = excluded.up_to, saved_at = now()
    WHERE old.up_to <= excluded.up_to
  RETURNING up_to
),
pruned AS (
  DELETE FROM room_updates USING saved
  WHERE room = $1 AND id <= saved.up_to AND created_at < now() - interval '${RETENTION}'
)
SELECT up_to FROM saved`;

const DELETE = `
WITH owner AS MATERIALIZED (
  SELECT 1 FROM partition_owners WHERE channel = $2 AND partition = $3 AND epoch = $4::bigint FOR SHARE
),
snapshots AS (DELETE FROM room_snapshots USING owner WHERE room = $1),
updates AS (DELETE FROM room_updates USING owner WHERE room = $1)
SELECT 1 FROM owner`;
