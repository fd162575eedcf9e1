// Names of everything the Redis layer keeps. What belongs to one partition shares a hash tag, so that a Redis Cluster
// keeps it on one node.

export interface RedisKeys {
  /** Stream of what is not committed; field = id of the server, value = encoded room messages. */
  log(channel: string, partition: number): string;
  /** Stream of the latest entries that could not be decoded, for whoever wants to know why. */
  poison(channel: string, partition: number): string;
  /** Id of the owning worker; runs out. */
  lease(channel: string, partition: number): string;
  /** Sorted set of workers by their last beat, in ms of Redis' clock. */
  workers(channel: string): string;
  /** The same of servers. */
  servers: string;
  /** Hash of a server: room → JSON of the people in it; runs out. */
  presence(server: string): string;
  /**
   * Ways to all servers, each on one node of a cluster; one where Redis is a single node. A server listens on all of
   * them, a message is published on one.
   */
  lanes: string[];
  /** A large delivery to a server; runs out. */
  parcel(lane: string, server: string, id: string): string;
  /** Pub/sub channels: to one server, to all servers. */
  server(lane: string, server: string): string;
  announce(lane: string): string;
}

/** So many that every node of a usual cluster has one, and a message finds a way while any node lives. */
const LANES = 16;

export function redisKeys(prefix: string, cluster: boolean): RedisKeys {
  return {
    log: (channel, partition) => `${prefix}:{${channel}:${partition}}:log`,
    poison: (channel, partition) => `${prefix}:{${channel}:${partition}}:poison`,
    lease: (channel, partition) => `${prefix}:{${channel}:${partition}}:lease`,
    workers: (channel) => `${prefix}:workers:${channel}`,
    servers: `${prefix}:servers`,
    presence: (server) => `${prefix}:presence:${server}`,
    lanes: cluster ? Array.from({ length: LANES }, (_, lane) => `{lane${lane}}:`) : [""],
    parcel: (lane, server, id) => `${prefix}:${lane}parcel:${server}:${id}`,
    server: (lane, server) => `${prefix}:${lane}server:${server}`,
    announce: (lane) => `${prefix}:${lane}announce`,
  };
}
