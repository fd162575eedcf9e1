import { parse, serialize } from "cookie";
import { encode } from "next-auth/jwt";
import pino from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setRuntime } from "#lib/runtime.ts";
import { type Database, db } from "#prisma/client.ts";
import { openTestDatabase } from "#prisma/testing/database.ts";
import { mayEnter } from "#server/auth/access.ts";
import { authOptions } from "#server/auth/options.ts";
import { readSession } from "#server/auth/session.ts";

const secret = "s".repeat(32);
const PLAIN = "next-auth.session-token";
let database: Database;

/** Sets how people reach the server. */
function reachedBy(url: string | undefined): void {
  const env = { NEXTAUTH_SECRET: secret, NEXTAUTH_URL: url };
  setRuntime({ env, log: pino({ level: "silent" }) } as unknown as Parameters<typeof setRuntime>[0]);
}

const token = (
  claims: object = { sub: "ana", sessionVersion: 3 },
  options: { secret?: string; maxAge?: number } = {},
) => encode({ token: claims as never, secret, ...options });
const read = (cookie: string | undefined) => readSession({ headers: cookie === undefined ? {} : { cookie } });

beforeAll(async () => {
  database = await openTestDatabase("pglite");
});
afterAll(() => database.close());
beforeEach(async () => {
  reachedBy(undefined);
  await db().user.deleteMany();
  await db().user.create({
    data: {
      id: "ana",
      email: "ana@example.com",
      name: "Ana",
      color: 2,
      passwordHash: "x",
      isStaff: true,
      sessionVersion: 3,
    },
  });
});

describe("a session", () => {
  test("is the account as it is now, without its password hash", async () => {
    const user = await read(`${PLAIN}=${await token()}`);
    expect(user).toEqual({
      id: "ana",
      name: "Ana",
      email: "ana@example.com",
      color: 2,
      isStaff: true,
      isAdmin: false,
      isActive: true,
      sessionVersion: 3,
    });
    await db().user.update({ where: { id: "ana" }, data: { name: "Anna", isStaff: false } });
    expect(await read(`${PLAIN}=${await token()}`)).toMatchObject({ name: "Anna", isStaff: false });
  });

  test("is read from fetch's headers as from Node's", async () => {
    const headers = new Headers({ cookie: `a=b; ${PLAIN}=${await token()}` });
    expect(await readSession({ headers })).toMatchObject({ id: "ana" });
  });

  test("is named __Secure- where people come by https, and only there", async () => {
    const secure = `__Secure-${PLAIN}=${await token()}`;
    const plain = `${PLAIN}=${await token()}`;
    expect(await read(secure)).toBeNull();
    reachedBy("https://write.example.org");
    expect(await read(secure)).toMatchObject({ id: "ana" });
    expect(await read(plain)).toBeNull();
  });

  test("may come in chunks", async () => {
    const value = await token({ sub: "ana", sessionVersion: 3, filler: "f".repeat(6_000) });
    const chunks = [value.slice(0, 4_000), value.slice(4_000)].map((chunk, index) =>
      serialize(`${PLAIN}.${index}`, chunk),
    );
    expect(Object.keys(parse(chunks.join("; ")))).toHaveLength(2);
    expect(await read(chunks.join("; "))).toMatchObject({ id: "ana" });
  });
});

describe("no session", () => {
  test.each([
    ["no cookie", async () => undefined],
    ["another cookie", async () => "theme=dark"],
    ["garbage", async () => `${PLAIN}=garbage`],
    ["an encoding that cannot be read", async () => `${PLAIN}=%zz`],
    ["an unreadable cookie beside it", async () => `x=%zz; ${PLAIN}=%zz.%zz`],
    ["an expired token", async () => `${PLAIN}=${await token(undefined, { maxAge: -60 })}`],
    ["a token of another secret", async () => `${PLAIN}=${await token(undefined, { secret: "t".repeat(32) })}`],
    ["a token of nobody", async () => `${PLAIN}=${await token({ sessionVersion: 3 })}`],
    ["a token of an account that is gone", async () => `${PLAIN}=${await token({ sub: "zoe", sessionVersion: 3 })}`],
    [
      "a token from before the sessions were ended",
      async () => `${PLAIN}=${await token({ sub: "ana", sessionVersion: 2 })}`,
    ],
    ["a token without a version", async () => `${PLAIN}=${await token({ sub: "ana" })}`],
  ])("%s", async (_, cookie) => {
    expect(await read(await cookie())).toBeNull();
  });

  test("a bearer token", async () => {
    expect(await readSession({ headers: { authorization: `Bearer ${await token()}` } })).toBeNull();
  });
});

test("a deactivated account is known by its session, so that it can be told why it may not enter", async () => {
  await db().user.update({ where: { id: "ana" }, data: { isActive: false } });
  const user = await read(`${PLAIN}=${await token()}`);
  expect(user).toMatchObject({ id: "ana", isActive: false });
  expect(user && mayEnter(user)).toBe(false);
});

describe("the cookie", () => {
  type JwtCallback = (given: { token: object; user?: object }) => Promise<unknown>;
  const jwt: JwtCallback = async (given) => {
    const { callbacks } = authOptions();
    return (callbacks as unknown as { jwt: JwtCallback }).jwt(given);
  };

  test("says who, and which version, and nothing else", async () => {
    const user = { id: "ana", name: "Ana", email: "ana@example.com", sessionVersion: 3 };
    expect(await jwt({ token: { name: "Ana", email: "ana@example.com" }, user })).toEqual({
      sub: "ana",
      sessionVersion: 3,
    });
  });

  test("is prolonged while the session counts, and not after", async () => {
    const claims = { sub: "ana", sessionVersion: 3 };
    expect(await jwt({ token: claims })).toEqual(claims);
    await db().user.update({ where: { id: "ana" }, data: { sessionVersion: 4 } });
    await expect(jwt({ token: claims })).rejects.toThrow("the session has ended");
  });

  test("is Secure if people come by https, and lasts 14 days", () => {
    expect(authOptions()).toMatchObject({ useSecureCookies: false, session: { strategy: "jwt", maxAge: 1_209_600 } });
    reachedBy("https://write.example.org");
    expect(authOptions().useSecureCookies).toBe(true);
    reachedBy("http://write.example.org");
    expect(authOptions().useSecureCookies).toBe(false);
  });
});
