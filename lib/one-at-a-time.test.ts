import { expect, test } from "vitest";
import { oneAtATime } from "./one-at-a-time.ts";

test("in order, never two, and one that fails holds up nobody", async () => {
  const inLine = oneAtATime();
  const order: string[] = [];
  const work = (name: string) => async () => {
    order.push(`${name} begins`);
    await new Promise(setImmediate);
    order.push(`${name} ends`);
    if (name === "b") throw new Error("b");
    return name;
  };
  const all = await Promise.allSettled(["a", "b", "c"].map((name) => inLine(work(name))));
  expect(all.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(order).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
});

test("others have a turn in between", async () => {
  const inLine = oneAtATime();
  const order: string[] = [];
  const first = inLine(() => {
    order.push("first");
    setImmediate(() => order.push("somebody else"));
  });
  await Promise.all([first, inLine(() => order.push("second"))]);
  expect(order).toEqual(["first", "somebody else", "second"]);
});
