// Settings of the Next half. The HTTP server, its security headers, the WebSocket upgrade and the start order are
// server/web.ts's business.
import { fileURLToPath } from "node:url";

/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  // Pinned, or a lock file in a folder above would move it.
  turbopack: {
    root: fileURLToPath(new URL(".", import.meta.url)),
    // All that next-intl's plugin would do here; and no Buffer for browsers.
    resolveAlias: {
      "next-intl/config": "./app/_i18n/request.ts",
      "next/dist/compiled/buffer": { browser: "./app/_ui/no-buffer.ts" },
    },
  },
  // Node loads these itself: bundled copies would be a second Yjs, a second pool, a missing WASM file.
  serverExternalPackages: [
    "@electric-sql/pglite",
    "@node-rs/argon2",
    "@prisma/adapter-pg",
    "@prisma/client",
    "lib0",
    "pg",
    "pino",
    "pino-pretty",
    "y-protocols",
    "yjs",
  ],
  // `npm run check` runs tsc over the whole repository.
  typescript: { ignoreBuildErrors: true },
};
