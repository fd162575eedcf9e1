import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LoginLimits } from "#server/auth/rate-limit.ts";

let limits: LoginLimits;
let pauses: number[];
beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  pauses = [];
  limits = new LoginLimits(null, async (ms) => pauses.push(ms));
});
afterEach(() => {
  vi.useRealTimers();
});

const far = (index: number) => `203.0.113.${index}`;
const times = async (count: number, attempt: (index: number) => Promise<number>) => {
  const answers: number[] = [];
  for (let index = 0; index < count; index++) answers.push(await attempt(index));
  return answers;
};

test("some attempts are free, further ones wait longer and longer, then none goes through", async () => {
  const answers = await times(12, () => limits.begin("ana@example.com", far(1)));
  expect(answers.slice(0, 10)).toEqual(Array(10).fill(0));
  expect(answers.slice(10)).toEqual([900, 900]);
  expect(pauses).toEqual([400, 800, 1200, 1600, 2000, 2400, 2800]);
});

test("many at once do not slip through", async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, () => limits.begin("ana@example.com", far(1))));
  expect(answers.filter((wait) => wait === 0)).toHaveLength(10);
});

test("the wait gets shorter, and ends", async () => {
  await times(11, () => limits.begin("ana@example.com", far(1)));
  vi.advanceTimersByTime(600_000);
  expect(await limits.begin("ana@example.com", far(1))).toBe(300);
  vi.advanceTimersByTime(301_000);
  expect(await limits.begin("ana@example.com", far(1))).toBe(0);
});

test("the right password forgives what was before", async () => {
  await times(9, () => limits.begin("ana@example.com", far(1)));
  await limits.succeed("ana@example.com", far(1));
  expect(await times(10, () => limits.begin("ana@example.com", far(1)))).toEqual(Array(10).fill(0));
});

test("people who log in all day, from one office, are not limited", async () => {
  const answers = await times(300, async (index) => {
    const wait = await limits.begin(`person${index % 40}@example.com`, far(1));
    await limits.succeed(`person${index % 40}@example.com`, far(1));
    return wait;
  });
  expect(answers.every((wait) => wait === 0)).toBe(true);
});

test("other accounts at that address, and the account at other addresses, go on", async () => {
  await times(11, () => limits.begin("ana@example.com", far(1)));
  expect(await limits.begin("ben@example.com", far(1))).toBe(0);
  expect(await limits.begin("ana@example.com", far(2))).toBe(0);
});

test("one address cannot try many accounts", async () => {
  const answers = await times(101, (index) => limits.begin(`person${index}@example.com`, far(1)));
  expect(answers.indexOf(900)).toBe(100);
  expect(await limits.begin("ana@example.com", far(2))).toBe(0);
});

test("many addresses cannot try one account", async () => {
  const answers = await times(101, (index) => limits.begin("ana@example.com", far(index)));
  expect(answers.indexOf(900)).toBe(100);
});

test("addresses of one IPv6 network are one", async () => {
  const answers = await times(11, (index) => limits.begin("ana@example.com", `2001:db8:1:2::${index}`));
  expect(answers.indexOf(900)).toBe(10);
});
