import { encode } from "next-auth/jwt";
import { expect, test, vi } from "vitest";
import { decodeToken } from "./session-token.ts";

const SECRET = "0123456789abcdef0123456789abcdef";
const issue = (claims: Record<string, unknown>, maxAge = 3_600) => encode({ token: claims, secret: SECRET, maxAge });

test("a token says what it was given, again and again", async () => {
  const token = await issue({ sub: "u1", sessionVersion: 3 });
  expect(await decodeToken(token, SECRET)).toMatchObject({ sub: "u1", sessionVersion: 3 });
  expect(await decodeToken(token, SECRET)).toMatchObject({ sub: "u1", sessionVersion: 3 });
});

test("what was kept of a token ends with it", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  try {
    const token = await issue({ sub: "u1" }, 60);
    expect(await decodeToken(token, SECRET)).not.toBeNull();
    // next-auth itself tolerates a clock that is 15 s wrong.
    vi.setSystemTime(Date.now() + 90_000);
    expect(await decodeToken(token, SECRET)).toBeNull();
  } finally {
    vi.useRealTimers();
  }
});

test("another secret, a changed token and no token at all say nothing, whatever was kept", async () => {
  const token = await issue({ sub: "u1" });
  expect(await decodeToken(token, SECRET)).not.toBeNull();
  expect(await decodeToken(token, "f".repeat(32))).toBeNull();
  expect(await decodeToken(`${token.slice(0, -2)}xx`, SECRET)).toBeNull();
  expect(await decodeToken("garbage", SECRET)).toBeNull();
  expect(await decodeToken("", SECRET)).toBeNull();
});
