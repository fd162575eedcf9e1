// REDIS_URL: one redis:// or rediss:// address, or the addresses of some nodes of a Redis Cluster separated by commas.
// `?cluster=true` behind the first says that a single address is a cluster's. Says nothing of what the nodes hold.

export interface RedisTarget {
  cluster: boolean;
  /** One address, or those of a cluster's nodes; user, password and TLS of the first hold for every node. */
  urls: string[];
}

/** Null if it is not valid. A list means a cluster; a cluster has no databases, so that a path is refused there. */
export function parseRedisUrl(value: string): RedisTarget | null {
  const urls: URL[] = [];
  for (const part of value.split(",")) {
    const url = URL.canParse(part.trim()) ? new URL(part.trim()) : null;
    if (!url || !/^rediss?:$/.test(url.protocol) || url.hostname === "") return null;
    urls.push(url);
  }
  const first = urls[0] as URL;
  const flag = first.searchParams.get("cluster");
  if (flag !== null && flag !== "true" && flag !== "false") return null;
  const cluster = urls.length > 1 || flag === "true";
  if (urls.length > 1 && flag === "false") return null;
  first.searchParams.delete("cluster");
  if (cluster && urls.some((url) => !["", "/", "/0"].includes(url.pathname))) return null;
  if (urls.some((url) => url.protocol !== first.protocol)) return null;
  return { cluster, urls: urls.map((url) => url.href) };
}
