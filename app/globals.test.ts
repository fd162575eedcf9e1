// Text and labels stay legible in both themes: contrast as WCAG 2 computes it, from the tokens in globals.css.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { PEOPLE_COLORS } from "#lib/palette.ts";

type Rgb = [number, number, number];

const css = readFileSync(new URL("./globals.css", import.meta.url), "utf8");
const [lightCss = "", darkCss = ""] = css.split('[data-theme="dark"] {');
const dark = tokensOf(darkCss.split("\n}")[0] ?? "");
const themes = { light: tokensOf(lightCss), dark };
const surfaces = ["paper", "shell", "raised", "hover"];

function tokensOf(text: string): Map<string, Rgb> {
  const found = text.matchAll(/--(?:color-)?([\w-]+): (white|oklch\(([\d.]+) ([\d.]+) ([\d.]+)\));/g);
  return new Map(
    [...found].map(([, name = "", value, l = "1", c = "0", h = "0"]) => [
      name,
      value === "white" ? [1, 1, 1] : toLinear(Number(l), Number(c), Number(h)),
    ]),
  );
}

/** oklch to linear sRGB, clipped as browsers do. */
function toLinear(l: number, c: number, h: number): Rgb {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const L = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const M = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const S = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const rgb: Rgb = [
    4.0767416621 * L - 3.3077115913 * M + 0.2309699292 * S,
    -1.2684380046 * L + 2.6097574011 * M - 0.3413193965 * S,
    -0.0041960863 * L - 0.7034186147 * M + 1.707614701 * S,
  ];
  return rgb.map((value) => Math.min(1, Math.max(0, value))) as Rgb;
}

function contrast(one: Rgb, other: Rgb): number {
  const light = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  const [a, b] = [light(one), light(other)];
  return Math.max(a, b) / Math.min(a, b);
}

function toHex(color: Rgb): string {
  const gamma = (value: number) => (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055);
  return `#${color
    .map((value) =>
      Math.round(gamma(value) * 255)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}

test("black on white has a contrast of 21, the tokens are found, and both themes have the same", () => {
  expect(contrast([0, 0, 0], [1, 1, 1])).toBeCloseTo(21);
  expect(themes.light.size).toBeGreaterThan(28);
  expect([...themes.dark.keys()].sort()).toEqual([...themes.light.keys()].sort());
});

describe.each(Object.entries(themes))("%s", (_, tokens) => {
  const token = (name: string): Rgb => {
    const color = tokens.get(name);
    if (!color) throw new Error(`no token ${name}`);
    return color;
  };
  const text = ["ink", "ink-2", "ink-3", "accent", "ok", "warn", "bad"];

  const pairs: [ink: string, ground: string][] = [
    ...text.flatMap((name) => surfaces.map((surface): [string, string] => [name, surface])),
    ["accent-ink", "accent"],
    ["ink", "accent-soft"],
    ["ink", "mark"],
    ...PEOPLE_COLORS.map((_, index): [string, string] => ["person-ink", `person-${index}`]),
  ];
  test.each(pairs)("%s is read on %s", (ink, ground) => {
    expect(contrast(token(ink), token(ground))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(["paper", "shell", "raised"])("edges of fields are seen on %s", (surface) => {
    expect(contrast(token("line-strong"), token(surface))).toBeGreaterThanOrEqual(3);
  });
});

test("the plain colours in lib/palette.ts are the light ones", () => {
  expect(PEOPLE_COLORS.map((_, index) => toHex(themes.light.get(`person-${index}`) ?? [0, 0, 0]))).toEqual([
    ...PEOPLE_COLORS,
  ]);
});
