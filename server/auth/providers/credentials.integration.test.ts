import pino from "pino";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { setRuntime } from "#lib/runtime.ts";
import { type Database, db } from "#prisma/client.ts";
import { hashPassword } from "#prisma/password.ts";
import { openTestDatabase } from "#prisma/testing/database.ts";
import { ADDRESS_HEADER } from "#server/auth/client-address.ts";
import { credentials } from "#server/auth/providers/credentials.ts";
import { LoginLimits } from "#server/auth/rate-limit.ts";

const checked = vi.hoisted(() => [] as (string | null)[]);
vi.mock("#prisma/password.ts", async (importOriginal) => {
  const original = await importOriginal<typeof import("#prisma/password.ts")>();
  const verifyPassword = (stored: string | null, plain: string) => {
    checked.push(stored);
    return original.verifyPassword(stored, plain);
  };
  return { ...original, verifyPassword };
});

const password = "correct horse";
const lines: string[] = [];
let database: Database;
let nextAddress = 1;

beforeAll(async () => {
  database = await openTestDatabase("pglite");
  const passwordHash = await hashPassword(password);
  const people = [
    { id: "ana", name: "Ana", isStaff: true, sessionVersion: 5 },
    { id: "vera", name: "Vera", isStaff: false },
    { id: "gone", name: "Gone", isStaff: true, isActive: false },
  ];
  await db().user.createMany({
    data: people.map((person) => ({ ...person, email: `${person.id}@example.com`, color: 1, passwordHash })),
  });
});
afterAll(() => database.close());
beforeEach(() => {
  checked.length = 0;
  lines.length = 0;
  const log = pino({ level: "trace" }, { write: (line: string) => void lines.push(line) });
  // Without the pauses, which have a test of their own.
  Object.assign(globalThis, { __yroomLoginLimits: new LoginLimits(null, async () => {}) });
  setRuntime({ env: {}, log } as unknown as Parameters<typeof setRuntime>[0]);
});

interface Provider {
  options: { authorize(input: unknown, request: { headers: Record<string, string> }): Promise<{ id: string } | null> };
}

/** Every attempt comes from an address of its own unless one is given. */
function logIn(input: unknown, address = `198.51.100.${nextAddress++}`) {
  const provider = credentials() as unknown as Provider;
  return provider.options.authorize(input, { headers: { [ADDRESS_HEADER]: address } });
}

test("the right password answers the account and the version of its sessions", async () => {
  expect(await logIn({ email: "ana@example.com", password })).toEqual({
    id: "ana",
    name: "Ana",
    email: "ana@example.com",
    sessionVersion: 5,
  });
});

test("an e-mail address is the same in capitals and with spaces around it", async () => {
  expect(await logIn({ email: " Ana@Example.COM ", password })).toMatchObject({ id: "ana" });
});

test("somebody who is not staff can log in, and is told by the pages", async () => {
  expect(await logIn({ email: "vera@example.com", password })).toMatchObject({ id: "vera" });
});

test.each([
  ["a wrong password", { email: "ana@example.com", password: "wrong" }, "known"],
  ["an unknown account", { email: "nobody@example.com", password }, "unknown"],
  ["an account that is not active", { email: "gone@example.com", password }, "known"],
])("%s is refused alike, after the same work", async (_, input, account) => {
  expect(await logIn(input)).toBeNull();
  expect(checked).toHaveLength(1);
  expect(checked[0] === null).toBe(account === "unknown");
});

test.each([
  ["nothing", undefined],
  ["no password", { email: "ana@example.com" }],
  ["an object for an address", { email: { contains: "ana" }, password }],
  ["a NUL in the address", { email: "ana\0@example.com", password }],
  ["a very long password", { email: "ana@example.com", password: "x".repeat(1025) }],
])("%s is refused", async (_, input) => {
  expect(await logIn(input)).toBeNull();
});

test("too many wrong passwords: the page is told how long to wait, and the right one does not help", async () => {
  for (let attempt = 0; attempt < 10; attempt++) {
    expect(await logIn({ email: "ana@example.com", password: "wrong" }, "203.0.113.9")).toBeNull();
  }
  await expect(logIn({ email: "ana@example.com", password }, "203.0.113.9")).rejects.toThrow(/^TooManyAttempts:\d+$/);
  expect(checked).toHaveLength(10);
  expect(await logIn({ email: "ana@example.com", password })).toMatchObject({ id: "ana" });
});

test("the log names neither password nor account", async () => {
  await logIn({ email: "ana@example.com", password: "my other password" });
  expect(lines.join("")).toContain("login refused");
  expect(lines.join("")).not.toMatch(/my other password|ana@example/);
});

test("an outage is an answer of its own, and its details stay in the log", async () => {
  const find = vi.spyOn(db().user, "findUnique").mockRejectedValue(new Error("no database at secret-host"));
  try {
    await expect(logIn({ email: "ana@example.com", password })).rejects.toThrow(/^Unavailable$/);
  } finally {
    find.mockRestore();
  }
  expect(lines.join("")).toContain("secret-host");
});
