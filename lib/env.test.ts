import { expect, test } from "vitest";
import { parseEnv } from "./env.ts";

function problems(source: Record<string, string>): string[] {
  const result = parseEnv(source);
  return "problems" in result ? result.problems : [];
}

test("nothing is required", () => {
  const result = parseEnv({ DATABASE_URL: "" });
  expect(result).toMatchObject({ env: { PORT: 3000, HOST: "localhost", ALLOWED_ORIGINS: [], LOG_LEVEL: "info" } });
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
