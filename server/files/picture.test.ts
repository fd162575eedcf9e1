import sharp from "sharp";
import { expect, test } from "vitest";
import { readPicture } from "./picture.ts";

/** As hard to pack as a picture can be. */
const noise = (side: number) =>
  sharp({
    create: {
      width: side,
      height: side,
      channels: 3,
      background: "#fff",
      noise: { type: "gaussian", mean: 128, sigma: 60 },
    },
  })
    .avif({ effort: 0 })
    .toBuffer();

async function timeOf(work: Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work;
  return performance.now() - start;
}

test("AVIF is written sooner than by default", async () => {
  const source = await noise(500);
  const usual = await timeOf(sharp(source).avif().toBuffer());
  expect(await timeOf(readPicture(source))).toBeLessThan(usual);
  expect(await readPicture(source)).toMatchObject({ type: "image/avif", width: 500, height: 500 });
});

test("one picture after the other, and a broken one holds up nobody", async () => {
  const source = await noise(200);
  let most = 0;
  const watch = setInterval(() => {
    const { queue, process } = sharp.counters();
    most = Math.max(most, queue + process);
  }, 1);
  const sizes = await Promise.all([source, source.subarray(0, 400), source, source].map(readPicture));
  clearInterval(watch);
  expect(sizes.map((picture) => picture?.width)).toEqual([200, undefined, 200, 200]);
  expect(most).toBe(1);
});
