// The only place that reads process.env. Every variable is validated once, at boot, with one line per bad one;
// `.env.example` documents them in the same order.
import { resolve } from "node:path";
import { z } from "zod";
import { parseRedisUrl } from "#lib/redis-url.ts";
import { roomSettings } from "#lib/room-settings.ts";

const flag = z.enum(["true", "false"]).transform((value) => value === "true");
const list = z.string().transform((value) =>
  value
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== ""),
);
const port = z.coerce.number("must be a number").int().min(0).max(65535);
const origin = z
  .string()
  .refine((value) => /^https?:/.test(value) && URL.canParse(value) && new URL(value).origin === value, {
    message: "must be an origin such as https://write.example.org, without a path or a trailing slash",
  });

const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  PORT: port.default(3000),
  HOST: z.string().min(1).default("localhost"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  REDIS_URL: z
    .string()
    .refine((value) => parseRedisUrl(value) !== null, {
      message: "must be redis://host:port or rediss://…; of a cluster, several of its nodes separated by commas",
    })
    .optional(),
  DATA_DIR: z
    .string()
    .min(1)
    .default("./data")
    .transform((path) => resolve(path)),
  S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  S3_BUCKET: z.string().optional(),
  S3_REGION: z.string().default("us-east-1"),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  MAX_UPLOAD_MB: z.coerce.number().min(1).max(2_000).default(25),
  NEXTAUTH_URL: origin.optional(),
  NEXTAUTH_SECRET: z.string().min(32, "must be at least 32 characters (openssl rand -base64 32)").optional(),
  ALLOWED_ORIGINS: list.pipe(z.array(origin)).default([]),
  SEED_DEMO: flag.optional(),
  ADMIN_EMAIL: z.email().optional(),
  ADMIN_PASSWORD: z.string().min(10, "must be at least 10 characters").optional(),
  YROOM_SETTINGS: roomSettings.default({}),
  METRICS_TOKEN: z
    .string()
    .regex(/^\S{16,}$/, "must be at least 16 characters, no spaces")
    .optional(),
  METRICS_PORT: port.optional(),
  METRICS_HOST: z.string().min(1).default("127.0.0.1"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
});
const complete = schema
  .refine((env) => env.METRICS_PORT === undefined || env.METRICS_TOKEN !== undefined, {
    path: ["METRICS_PORT"],
    message: "needs METRICS_TOKEN",
  })
  .transform(({ S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, ...env }, context) => {
    const all = { S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY };
    const absent = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [name] : []));
    if (!S3_ENDPOINT || !S3_BUCKET || !S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY) {
      const isHalf = absent.length < Object.keys(all).length;
      for (const name of isHalf ? absent : []) {
        context.addIssue({ code: "custom", path: [name], message: "is needed too: the other S3_ settings are set" });
      }
      return { ...env, S3: null };
    }
    const access = { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY };
    return { ...env, S3: { endpoint: S3_ENDPOINT, bucket: S3_BUCKET, region: S3_REGION, ...access } };
  });

/** The validated environment. Absent DATABASE_URL means PGlite in DATA_DIR; absent REDIS_URL the in-process layer;
 * `S3` null, files in DATA_DIR. */
export type Env = z.infer<typeof complete>;

/** Validates `source` (empty strings count as absent). Returns the environment, or one line per bad variable. */
export function parseEnv(source: Record<string, string | undefined>): { env: Env } | { problems: string[] } {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = complete.safeParse(given);
  if (parsed.success) return { env: parsed.data };
  // The last one set under a name stays, so the first issue of each variable.
  const first = new Map(parsed.error.issues.toReversed().map((issue) => [nameOf(issue.path), reasonOf(issue)]));
  return { problems: [...first].reverse().map(([name, message]) => `${name}: ${message}`) };
}

/** A variable, or one setting in it. */
function nameOf(path: PropertyKey[]): string {
  return path[0] === "YROOM_SETTINGS" ? path.map(String).join(".") : String(path[0]);
}

function reasonOf(issue: z.core.$ZodIssue): string {
  return (issue.code === "invalid_key" && issue.issues[0]?.message) || issue.message;
}

/** The environment of this process; prints what is wrong and exits with 1 if it is not valid. */
export function readEnv(): Env {
  const result = parseEnv(process.env);
  if ("env" in result) return result.env;
  process.stderr.write(`Bad environment (see .env.example):\n${result.problems.map((line) => `  ${line}\n`).join("")}`);
  process.exit(1);
}

/** Has next-auth, which reads this by itself, take the host that a visitor used for its own address. */
export function trustVisitedHost(): void {
  process.env.AUTH_TRUST_HOST = "true";
}
