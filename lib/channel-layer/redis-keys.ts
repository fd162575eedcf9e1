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
  /** A large delivery to a server; runs out. */
  parcel(server: string, id: string): string;
  /** Pub/sub channels: to one server, to all servers. */
  server(server: string): string;
  announce: string;
}

export function redisKeys(prefix: string): RedisKeys {
  return {
    log: (channel, partition) => `${prefix}:{${channel}:${partition}}:log`,
    poison: (channel, partition) => `${prefix}:{${channel}:${partition}}:poison`,
    lease: (channel, partition) => `${prefix}:{${channel}:${partition}}:lease`,
    workers: (channel) => `${prefix}:workers:${channel}`,
    servers: `${prefix}:servers`,
    presence: (server) => `${prefix}:presence:${server}`,
    parcel: (server, id) => `${prefix}:parcel:${server}:${id}`,
    server: (server) => `${prefix}:server:${server}`,
    announce: `${prefix}:announce`,
  };
}
