import { expect, test } from "vitest";
import { hashPassword, verifyPassword } from "#prisma/password.ts";

test("a password opens its own hash and no other", async () => {
  const stored = await hashPassword("corréct horse");
  expect(stored).toMatch(/^\$argon2id\$/);
  expect(await verifyPassword(stored, "corréct horse")).toBe(true);
  expect(await verifyPassword(stored, "corréct horse".normalize("NFD"))).toBe(true);
  expect(await verifyPassword(stored, "correct horse")).toBe(false);
});

test("an unknown user never gets in, not even with the password of the stand-in hash", async () => {
  expect(await verifyPassword(null, "nobody's password")).toBe(false);
});

test("an unreadable hash counts as a wrong password", async () => {
  expect(await verifyPassword("plain text", "plain text")).toBe(false);
});

test("an unknown user costs as much work as a wrong password", async () => {
  const stored = await hashPassword("one");
  // Processor time: what else the machine does meanwhile does not count.
  const work = async (hash: string | null) => {
    const before = process.cpuUsage();
    for (let i = 0; i < 4; i++) await verifyPassword(hash, "two");
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  await work(null);
  const [known, unknown] = [await work(stored), await work(null)];
  expect(unknown).toBeGreaterThan(known / 3);
  expect(unknown).toBeLessThan(known * 3);
});
