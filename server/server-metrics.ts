// What a server shows of itself when somebody asks for the metrics, and its probes: one question a second to the owner of
// one partition after the other, which goes the way of an edit and waits where an edit would wait.
import type { ChannelLayer } from "#lib/channel-layer/channel-layer.ts";
import { serverMetrics } from "#lib/metrics.ts";
import { PARTITIONS } from "#lib/partition.ts";
import type { Requests } from "#lib/requests.ts";
import { channels } from "#lib/room-types.ts";
import type { Consumers } from "./consumers.ts";

/** ms between two probes, and until one counts as failed. */
const PROBE_EVERY = 1_000;
const PROBE_TIMEOUT = 5_000;

/** Answers a function that stops it. */
export function watchServer(consumers: Consumers, requests: Requests, layer: ChannelLayer): () => void {
  const stops = [
    serverMetrics.connections.watch((gauge) => gauge.inc(consumers.size)),
    serverMetrics.openRooms.watch((gauge) => gauge.inc(consumers.rooms)),
    serverMetrics.sendBuffer.watch((gauge) => {
      for (const { buffered } of consumers.all()) gauge.inc(buffered);
    }),
    serverMetrics.keptStates.watch((gauge) => gauge.inc(consumers.states.bytes)),
    serverMetrics.orphans.watch((gauge) => {
      for (const channel of channels()) gauge.inc(consumers.owners.silent(channel).length);
    }),
    serverMetrics.backlog.watch(async (gauge) => {
      for (const channel of channels()) {
        // While the layer is away there is no figure; that it is away shows elsewhere.
        const entries = await layer.backlog(channel).catch(() => []);
        for (const [partition, count] of entries.entries()) gauge.inc({ channel, partition }, count);
      }
    }),
  ];
  let turn = 0;
  const timer = setInterval(() => {
    const all = channels();
    const partition = turn % PARTITIONS;
    const channel = all[Math.floor(turn / PARTITIONS) % all.length];
    turn++;
    // Without an owner nobody takes the question out of the log.
    if (channel === undefined || consumers.owners.silent(channel).includes(partition)) return;
    const asked = performance.now();
    requests.callOwner(channel, partition, "ping", [], PROBE_TIMEOUT).then(
      () => serverMetrics.delivery.observe((performance.now() - asked) / 1000),
      () => serverMetrics.probeFailures.inc(),
    );
  }, PROBE_EVERY);
  return () => {
    clearInterval(timer);
    for (const stop of stops) stop();
  };
}
