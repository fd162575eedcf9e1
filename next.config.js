// Settings of the Next half. The HTTP server, the WebSocket upgrade and the start order are server/main.ts's business.
import { fileURLToPath } from "node:url";
import { PHASE_DEVELOPMENT_SERVER } from "next/constants.js";

/**
 * What every answer tells the browser not to do. Next puts small inline scripts into its pages, which only a nonce per
 * request could tell from others. Injected markup is stopped by React's escaping and the editor's schema; this is the
 * second line.
 */
const securityHeaders = (isDevelopment) => ({
  "Content-Security-Policy": [
    "default-src 'self'",
    `script-src 'self' 'unsafe-inline'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self' ws: wss:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; "),
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
  "Cross-Origin-Opener-Policy": "same-origin",
});

/** @type {(phase: string) => import("next").NextConfig} */
export default (phase) => ({
  poweredByHeader: false,
  headers: async () => [
    {
      source: "/:path*",
      headers: Object.entries(securityHeaders(phase === PHASE_DEVELOPMENT_SERVER)).map(([key, value]) => ({
        key,
        value,
      })),
    },
  ],
  // Pinned, or a lock file in a folder above would move it.
  turbopack: { root: fileURLToPath(new URL(".", import.meta.url)) },
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
});
