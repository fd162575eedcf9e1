import { expect, test } from "vitest";
import { parseEnv } from "./env.ts";

function problems(source: Record<string, string>): string[] {
  const result = parseEnv(source);
  return "problems" in result ? result.problems : [];
}

/** Who mistypes an address or a port is told what it should look like. */
test.each([
  ["NEXTAUTH_URL", "write.example.org", /such as https:\/\/write\.example\.org/],
  ["NEXTAUTH_URL", "https://write.example.org/", /without a path or a trailing slash/],
  ["NEXTAUTH_URL", "ftp://write.example.org", /such as https:\/\//],
  ["ALLOWED_ORIGINS", "https://a.example,b.example", /such as https:\/\//],
  ["PORT", "http", /must be a number/],
])("%s=%s gets one line that says what it should be", (name, value, line) => {
  expect(problems({ [name]: value })).toEqual([expect.stringMatching(line)]);
});

test("nothing is required", () => {
  const result = parseEnv({ DATABASE_URL: "" });
  expect(result).toMatchObject({ env: { PORT: 3000, HOST: "localhost", ALLOWED_ORIGINS: [], LOG_LEVEL: "info" } });
});

test("an S3 store needs all of its settings, or none", () => {
  const all = {
    S3_ENDPOINT: "http://minio:9000",
    S3_BUCKET: "files",
    S3_ACCESS_KEY_ID: "id",
    S3_SECRET_ACCESS_KEY: "secret",
  };
  expect(parseEnv({})).toMatchObject({ env: { S3: null } });
  expect(parseEnv(all)).toMatchObject({ env: { S3: { endpoint: "http://minio:9000", region: "us-east-1" } } });
  for (const name of Object.keys(all)) {
    expect(problems({ ...all, [name]: "" })).toEqual([`${name}: is needed too: the other S3_ settings are set`]);
  }
  expect(problems({ ...all, S3_ENDPOINT: "minio:9000" })).toEqual([expect.stringMatching(/^S3_ENDPOINT: /)]);
});

test("every bad variable gets one line that names it", () => {
  const lines = problems({
    PORT: "http",
    DATABASE_URL: "mysql://localhost/x",
    REDIS_URL: "localhost:6379",
    NEXTAUTH_URL: "write.example.org",
    NEXTAUTH_SECRET: "short",
    ALLOWED_ORIGINS: "https://a.example, https://b.example/path",
    SEED_DEMO: "yes",
    LOG_LEVEL: "loud",
  });
  const named = lines.map((line) => line.split(":")[0]);
  expect(named).toEqual([
    "PORT",
    "DATABASE_URL",
    "REDIS_URL",
    "NEXTAUTH_URL",
    "NEXTAUTH_SECRET",
    "ALLOWED_ORIGINS",
    "SEED_DEMO",
    "LOG_LEVEL",
  ]);
});

test.each([
  ["NEXTAUTH_URL", "https://write.example.org"],
  ["ALLOWED_ORIGINS", "https://a.example,http://localhost:3001"],
  ["DATABASE_URL", "postgresql://u:p@localhost:5432/x"],
  ["DATABASE_URL", "postgres://u@localhost/x"],
  ["REDIS_URL", "rediss://localhost:6380"],
])("%s=%s is fine", (name, value) => {
  expect(problems({ [name]: value })).toEqual([]);
});

test("every bad room setting gets one line that names it", () => {
  const given = {
    "a.b": {},
    notes: { removeRoomDelay: "30 s", protocolVersion: 3, autosaveDelay: -1 },
    chat: { storage: "s3", channel: "a b" },
    more: { STORAGE_BACKEND: "memory" },
    odd: 3,
  };
  expect(problems({ YROOM_SETTINGS: JSON.stringify(given) }).map((line) => line.split(": ")[0])).toEqual([
    "YROOM_SETTINGS.a.b",
    "YROOM_SETTINGS.notes.removeRoomDelay",
    "YROOM_SETTINGS.notes.protocolVersion",
    "YROOM_SETTINGS.notes.autosaveDelay",
    "YROOM_SETTINGS.chat.channel",
    "YROOM_SETTINGS.chat.storage",
    "YROOM_SETTINGS.more",
    "YROOM_SETTINGS.odd",
  ]);
});

test.each([
  ["{", /^YROOM_SETTINGS: not JSON/],
  ["[]", /^YROOM_SETTINGS: .*expected record/],
  ['{"a b":{}}', /^YROOM_SETTINGS\.a b: a prefix has letters/],
  // Its maximum wait comes from what is built in.
  [
    '{"notes":{"autosaveDelay":500}}',
    /^YROOM_SETTINGS\.notes\.autosaveMaxWait: must be at least autosaveDelay \(500\)/,
  ],
])("YROOM_SETTINGS=%s is refused", (value, line) => {
  expect(problems({ YROOM_SETTINGS: value })).toEqual([expect.stringMatching(line)]);
});

test("room settings are passed on as they are", () => {
  const given = { default: { removeRoomDelay: 0 }, notes: { channel: "notes", protocolVersion: 2 } };
  expect(parseEnv({ YROOM_SETTINGS: JSON.stringify(given) })).toMatchObject({ env: { YROOM_SETTINGS: given } });
  expect(parseEnv({})).toMatchObject({ env: { YROOM_SETTINGS: {} } });
});
