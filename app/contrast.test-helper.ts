// For tests only: the colours of the style sheets, and the contrast of two of them as WCAG 2 computes it.
import { readdirSync, readFileSync } from "node:fs";

/** oklab: how browsers mix, and what oklch is in other coordinates. */
export type Color = [l: number, a: number, b: number];

const folder = new URL(".", import.meta.url);

/** Every style sheet of the application by its path, without what is only for paper: that is black on white. */
export const sheets = new Map(
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".css"))
    .map((path) => [path, readFileSync(new URL(path, folder), "utf8").replace(/@media print \{[\s\S]*?\n\}/g, "")]),
);

const constants: Record<string, Color> = { white: [1, 0, 0], black: [0, 0, 0] };

/** The tokens of both themes. A dark one stands in a rule for data-theme="dark". */
export function findTokens(): { light: Map<string, Color>; dark: Map<string, Color> } {
  const themes = { light: new Map<string, Color>(), dark: new Map<string, Color>() };
  for (const css of sheets.values()) {
    for (const [, selector = "", body = ""] of css.matchAll(/([^{};]+)\{([^{}]*)\}/g)) {
      const theme = selector.includes('[data-theme="dark"]') ? themes.dark : themes.light;
      const found = body.matchAll(/--(?:color-)?([\w-]+): (white|black|oklch\(([\d.]+) ([\d.]+) ([\d.]+)\));/g);
      for (const [, name = "", value = "", l, c, h] of found)
        theme.set(name, constants[value] ?? fromOklch(Number(l), Number(c), Number(h)));
    }
  }
  return themes;
}

function fromOklch(l: number, c: number, h: number): Color {
  return [l, c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)];
}

/** To linear sRGB, clipped as browsers do. */
function toLinear([l, a, b]: Color): number[] {
  const L = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const M = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const S = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const rgb = [
    4.0767416621 * L - 3.3077115913 * M + 0.2309699292 * S,
    -1.2684380046 * L + 2.6097574011 * M - 0.3413193965 * S,
    -0.0041960863 * L - 0.7034186147 * M + 1.707614701 * S,
  ];
  return rgb.map((value) => Math.min(1, Math.max(0, value)));
}

function fromLinear([r = 0, g = 0, b = 0]: number[]): Color {
  const L = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const M = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const S = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * L + 0.793617785 * M - 0.0040720468 * S,
    1.9779984951 * L - 2.428592205 * M + 0.4505937099 * S,
    0.0259040371 * L + 0.7827717662 * M - 0.808675766 * S,
  ];
}

const encode = (value: number) => (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055);
const decode = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

/** What is seen of `top`, as opaque as `share` says, on `ground`: browsers lay colours over each other in sRGB. */
export function over(top: Color, share: number, ground: Color): Color {
  const below = toLinear(ground).map(encode);
  return fromLinear(
    toLinear(top).map((value, index) => decode(encode(value) * share + (below[index] ?? 0) * (1 - share))),
  );
}

/** color-mix(in oklab, one share, other). */
export function mix(one: Color, share: number, other: Color): Color {
  return one.map((value, index) => value * share + (other[index] ?? 0) * (1 - share)) as Color;
}

export function contrast(one: Color, other: Color): number {
  const light = (color: Color) => {
    const [r = 0, g = 0, b = 0] = toLinear(color);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const [a, b] = [light(one), light(other)];
  return Math.max(a, b) / Math.min(a, b);
}

export function toHex(color: Color): string {
  const byte = (value: number) =>
    Math.round(encode(value) * 255)
      .toString(16)
      .padStart(2, "0");
  return `#${toLinear(color).map(byte).join("")}`;
}
