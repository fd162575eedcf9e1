// Every metric of our processes, with its unit and meaning; docs/operations.md has the same table with what to watch.
// Base units (seconds, bytes), no label whose values could grow: never a room, a person or a connection. Hot places
// count with plain numbers that are read when somebody asks; histograms are fed once per batch. What is served, and to
// whom, is metrics-http.ts' business.
import { Counter, collectDefaultMetrics, Gauge, Histogram, type Metric, Registry } from "prom-client";
import type { RoomMessage, ServerMessage } from "#lib/messages.ts";
import { CLOSE } from "#lib/protocol.ts";
import { commit, version } from "#lib/version.ts";

export type Role = "server" | "worker";

const registry = new Registry();
const metricsOf: Record<Role, Set<Metric>> = { server: new Set(), worker: new Set() };

/** What is measured in seconds: from a tenth of a millisecond to the ten seconds after which everything gives up. */
const SECONDS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** ms between two looks at the event loop. Each wakes the process: at the usual 10 ms that is what an idle one costs most. */
export const LOOP_RESOLUTION = 200;
const SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000];

/** A value that is read when somebody asks for the metrics; several readers of one process add up. */
interface Watched<Label extends string> {
  /** Answers a function that takes the reader away again. */
  watch(read: (gauge: Gauge<Label>) => void | Promise<void>): () => void;
}

function declare<M extends Metric>(roles: Role[], metric: M): M {
  for (const role of roles) metricsOf[role].add(metric);
  return metric;
}

function gauge<Label extends string = never>(
  roles: Role[],
  name: string,
  help: string,
  labelNames: Label[] = [],
): Watched<Label> {
  const readers = new Set<(gauge: Gauge<Label>) => void | Promise<void>>();
  const collect = async function (this: Gauge<Label>) {
    this.reset();
    for (const read of readers) await read(this);
  };
  declare(roles, new Gauge<Label>({ name, help, labelNames, registers: [], collect }));
  return {
    watch: (read) => {
      readers.add(read);
      return () => readers.delete(read);
    },
  };
}

function counter<Label extends string = never>(roles: Role[], name: string, help: string, labelNames: Label[] = []) {
  return declare(roles, new Counter<Label>({ name, help, labelNames, registers: [] }));
}

/** A counter whose value is read from plain numbers. */
function tallied<Label extends string>(
  roles: Role[],
  name: string,
  help: string,
  labelNames: Label[],
  read: () => [labels: Record<Label, string>, value: number][],
): void {
  const collect = function (this: Counter<Label>) {
    this.reset();
    for (const [labels, value] of read()) this.inc(labels, value);
  };
  declare(roles, new Counter<Label>({ name, help, labelNames, registers: [], collect }));
}

function histogram(role: Role, name: string, help: string, buckets: number[]) {
  return declare([role], new Histogram({ name, help, buckets, registers: [] }));
}

type MessageType = RoomMessage["type"] | Exclude<ServerMessage["type"], "close">;

function noMessages(): Record<MessageType | "close", number> {
  return { connect: 0, receive: 0, disconnect: 0, request: 0, forward: 0, close: 0, saved: 0, own: 0, response: 0 };
}

/** Plain numbers for the hot paths: `tally.messages.sent.forward++`. */
export const tally = {
  /** Messages that this process gave to the channel layer, and took from it. */
  messages: { sent: noMessages(), received: noMessages() },
  /** Frames of clients, and writes to clients, which may hold several frames each. */
  frames: { in: 0, out: 0 },
  frameBytes: { in: 0, out: 0 },
  /** Frames with cursors that took the short way (server/relay.ts). */
  relayed: 0,
  /** Clients whose first step 1 was answered with a kept state (server/kept-states.ts). */
  answered: 0,
};

tallied(
  ["server", "worker"],
  "yroom_messages_total",
  "Messages on the channel layer, by type, as sent or received by this process.",
  ["direction", "type"],
  () =>
    Object.entries(tally.messages).flatMap(([direction, counts]) =>
      Object.entries(counts).map(([type, count]): [Record<"direction" | "type", string>, number] => [
        { direction, type },
        count,
      ]),
    ),
);
tallied(
  ["server"],
  "yroom_frames_total",
  "Frames from clients (in) and writes to clients (out).",
  ["direction"],
  () => [
    [{ direction: "in" }, tally.frames.in],
    [{ direction: "out" }, tally.frames.out],
  ],
);
tallied(["server"], "yroom_frame_bytes_total", "Bytes in these frames and writes.", ["direction"], () => [
  [{ direction: "in" }, tally.frameBytes.in],
  [{ direction: "out" }, tally.frameBytes.out],
]);

tallied(
  ["server"],
  "yroom_relayed_frames_total",
  "Frames with cursors that this server told its own people at once, without waiting for a worker.",
  [],
  () => [[{}, tally.relayed]],
);
tallied(
  ["server"],
  "yroom_answered_questions_total",
  "Clients that this server gave the document which it keeps, without waiting for a worker.",
  [],
  () => [[{}, tally.answered]],
);

/** The metrics of a server. */
export const serverMetrics = {
  connections: gauge(["server"], "yroom_connections", "Connections of clients to rooms, on this server."),
  openRooms: gauge(["server"], "yroom_open_rooms", "Rooms that somebody is connected to through this server."),
  sendBuffer: gauge(
    ["server"],
    "yroom_send_buffer_bytes",
    "Bytes that wait for clients to read, all sockets together.",
  ),
  keptStates: gauge(["server"], "yroom_kept_state_bytes", "Bytes of documents that are kept for those who join next."),
  closes: counter(
    ["server"],
    "yroom_socket_closes_total",
    "WebSockets that ended, by close code (lib/protocol.ts; 1001 and 1006: the client went away).",
    ["code"],
  ),
  restarts: counter(
    ["server"],
    "yroom_restarts_total",
    "Times that all connections had to ask again (gap: messages may have been missed) or start over (lost).",
    ["reason"],
  ),
  delivery: histogram(
    "server",
    "yroom_delivery_seconds",
    "From a probe on this server through the log to the owner of a partition and back: the way of an edit.",
    SECONDS,
  ),
  probeFailures: counter(["server"], "yroom_probe_failures_total", "Probes that no owner answered in time."),
  orphans: gauge(["server"], "yroom_partitions_without_owner", "Partitions whose owner was not heard of lately."),
  backlog: gauge(
    ["server"],
    "yroom_log_entries",
    "Entries in the log of a partition that are not committed yet: the stream lag.",
    ["channel", "partition"],
  ),
};

/** The metrics of a worker. */
export const workerMetrics = {
  rooms: gauge(["worker"], "yroom_rooms", "Rooms in this worker, by state.", ["state"]),
  partitions: gauge(["worker"], "yroom_partitions_owned", "Partitions that this worker owns."),
  leases: counter(["worker"], "yroom_lease_changes_total", "Partitions taken, handed over and lost.", ["change"]),
  read: histogram("worker", "yroom_read_messages", "Messages in one read of the log: the batch size.", SIZES),
  apply: histogram("worker", "yroom_apply_seconds", "Applying everything that one read of the log brought.", SECONDS),
  heldBytes: gauge(["worker"], "yroom_held_bytes", "Bytes of log entries that were read and are not committed yet."),
  commit: histogram("worker", "yroom_commit_seconds", "One commit of edits to the database.", SECONDS),
  commitRooms: histogram("worker", "yroom_commit_rooms", "Rooms in one commit: the batch size.", SIZES),
  commitWait: histogram(
    "worker",
    "yroom_commit_wait_seconds",
    "From the oldest edit in a commit until it is in the database: what Saved waits for.",
    SECONDS,
  ),
  commitFailures: counter(["worker"], "yroom_commit_failures_total", "Commits that failed and are tried again."),
  uncommitted: gauge(["worker"], "yroom_uncommitted_rooms", "Rooms with edits that are not in the database yet."),
  violations: counter(["worker"], "yroom_violations_total", "Connections closed for breaking the protocol.", ["code"]),
};

const info = new Gauge({
  name: "yroom_build_info",
  help: "1, with the version and the commit of this process.",
  labelNames: ["version", "commit", "role"],
  registers: [],
});

const CODES = new Set<number>([1000, 1001, 1005, 1006, 1009, ...Object.values(CLOSE)]);

/** A WebSocket ended. Clients may send any code, so unknown ones share a label. */
export function countClose(code: number): void {
  serverMetrics.closes.inc({ code: CODES.has(code) ? String(code) : "other" });
}

/** To be called once by an entry point. Until then nothing is shown; counting works all the same. */
export function startMetrics(roles: Role[]): void {
  for (const metric of new Set(roles.flatMap((role) => [...metricsOf[role]]))) registry.registerMetric(metric);
  for (const role of roles) info.set({ version, commit: commit ?? "unknown", role }, 1);
  registry.registerMetric(info);
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_RESOLUTION });
}

/** Everything in the Prometheus text format, and its content type. */
export async function renderMetrics(): Promise<{ text: string; contentType: string }> {
  return { text: await registry.metrics(), contentType: registry.contentType };
}

/** The names and help texts of a role's own metrics, for the test that compares them with the documentation. */
export async function describeMetrics(role: Role): Promise<{ name: string; help: string; type: string }[]> {
  const metrics = await Promise.all([...metricsOf[role]].map((metric) => metric.get()));
  return metrics.map(({ name, help, type }) => ({ name, help, type: String(type) }));
}
