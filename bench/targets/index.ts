// The list of targets. To add one: an entry here, for a new kind of server with a script in peers/.
import { ours } from "./ours.ts";
import { peer } from "./peer.ts";
import type { Target } from "./target.ts";

const hocuspocus = { script: "hocuspocus", dialect: "hocuspocus", servers: 1, redis: false, unloads: true } as const;

export const targets: Target[] = [
  ours,
  peer({
    ...{ name: "y-websocket", label: "y-websocket", script: "y-websocket", dialect: "y-websocket", servers: 1 },
    ...{ redis: false, sqlite: "never", crashes: [], unloads: false },
  }),
  peer({ ...hocuspocus, name: "hocuspocus-memory", label: "Hocuspocus in memory", sqlite: "never", crashes: [] }),
  peer({
    ...hocuspocus,
    name: "hocuspocus-sqlite",
    sameLoadAs: "in memory",
    label: "Hocuspocus + SQLite",
    sqlite: "always",
    crashes: ["server"],
  }),
  peer({
    ...hocuspocus,
    ...{ name: "hocuspocus-redis", label: "2 × Hocuspocus + Redis", servers: 2, redis: true },
    ...{ sqlite: "if stored", crashes: ["server"] },
  }),
];
