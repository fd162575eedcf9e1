// Text and labels stay legible in both themes: every pair of colours that the style sheets use, computed from the
// tokens. A token without a part here fails: whoever adds a colour says what it is read on.
import { describe, expect, test } from "vitest";
import { contrast, findTokens, mix, over, sheets, toHex } from "#app/contrast.test-helper.ts";
import { PEOPLE_COLORS } from "#lib/palette.ts";

const themes = findTokens();
const people = PEOPLE_COLORS.map((_, index) => `person-${index}`);
const code = ["code-key", "code-text", "code-number", "code-name", "code-tag"];

/** What stands on every surface, in letters. */
const text = ["ink", "ink-2", "ink-3", "accent", "ok", "warn", "bad"];
const surfaces = ["paper", "shell", "raised", "hover"];
/** What only stands on its own ground, and the grounds that are only for some text; the pairs below have them. */
const special = ["accent-ink", "accent-soft", "mark", "person-ink", ...people, ...code];
/** How opaque it is. */
const DISABLED = 0.65;
/** line-strong: edges that must be seen. line: rules that only decorate; nothing is lost without them. */
const lines = ["line-strong", "line"];

test("black on white has a contrast of 21, grey over it half of the way", () => {
  expect(contrast([0, 0, 0], [1, 0, 0])).toBeCloseTo(21);
  expect(contrast(over([0, 0, 0], 0.5, [1, 0, 0]), [1, 0, 0])).toBeCloseTo(3.98, 1);
});

test("both themes have the same tokens, and each has its part in this test", () => {
  expect([...themes.dark.keys()].sort()).toEqual([...themes.light.keys()].sort());
  expect([...themes.light.keys()].sort()).toEqual([...text, ...surfaces, ...special, ...lines].sort());
});

test("style sheets take their colours from tokens, and each only for what it is checked for here", () => {
  const colors = [...sheets].flatMap(([path, css]) => {
    const found = css.matchAll(/^\s*(color|background(?:-color)?): ([^;]+);/gm);
    return [...found].map(([, property = "", value = ""]) => `${path} ${property.replace("-color", "")} ${value}`);
  });
  const faint = [...sheets.values()].flatMap((css) =>
    [...css.matchAll(/[\s;]opacity: (\S+);/g)].map(([, value]) => value),
  );
  expect([...new Set(faint)].sort()).toEqual(["0", String(DISABLED), "0.75", "1"]);
  const names = (list: string[]) => list.map((name) => `--color-${name}|--${name}`).join("|");
  const ink = `var\\((${names([...text, "paper", "accent-ink", "person-ink", "kind", ...code])})(, white)?\\)`;
  const ground = `var\\((${names([...surfaces, ...text, "accent-soft", "mark", "line", "kind", "person"])})\\)`;
  const allowed = new RegExp(
    ` (color (${ink}|inherit|currentcolor|transparent)|background (${ground}|none|transparent|inherit|currentcolor|color-mix\\(.*\\)))$`,
  );
  expect(colors.length).toBeGreaterThan(100);
  expect(colors.filter((each) => !allowed.test(each))).toEqual([]);
});

describe.each(Object.entries(themes))("%s", (_, tokens) => {
  const token = (name: string) => {
    const color = tokens.get(name);
    if (!color) throw new Error(`no token ${name}`);
    return color;
  };
  const tint = (name: string, share: number, ground: string) => over(token(name), share, token(ground));

  const pairs: [ink: string, ground: string][] = [
    ...text.flatMap((name) => surfaces.map((surface): [string, string] => [name, surface])),
    ["accent-ink", "accent"],
    ["ink", "accent-soft"],
    ["ink-2", "accent-soft"],
    ["ink-3", "accent-soft"],
    ["accent", "accent-soft"],
    ["ink", "mark"],
    // Tooltips.
    ["paper", "ink"],
    ...people.map((name): [string, string] => ["person-ink", name]),
    ...code.map((name): [string, string] => [name, "shell"]),
  ];
  test.each(pairs)("%s is read on %s", (ink, ground) => {
    expect(contrast(token(ink), token(ground))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(["accent", "ok", "warn", "bad"])("a callout in %s: its kind and its text", (kind) => {
    const ground = mix(token(kind), 0.08, token("paper"));
    for (const name of ["ink", "ink-2", kind]) expect(contrast(token(name), ground), name).toBeGreaterThanOrEqual(4.5);
  });

  test.each(["paper", "shell", "raised"])("selected text on %s", (surface) => {
    const ground = tint("accent", 0.24, surface);
    for (const name of ["ink", "ink-2"]) expect(contrast(token(name), ground), name).toBeGreaterThanOrEqual(4.5);
    // Only while it is selected, and never all that there is to read.
    for (const name of [...text, ...code]) expect(contrast(token(name), ground), name).toBeGreaterThanOrEqual(3);
  });

  test("text in selected cells, and what others have selected", () => {
    expect(contrast(token("ink"), tint("accent", 0.12, "paper"))).toBeGreaterThanOrEqual(4.5);
    for (const name of people)
      expect(contrast(token("ink"), tint(name, 0.22, "paper")), name).toBeGreaterThanOrEqual(4.5);
  });

  test("errors on their tint, keys in tooltips, a button under the pointer", () => {
    expect(contrast(token("bad"), tint("bad", 0.08, "paper"))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tint("paper", 0.75, "ink"), token("ink"))).toBeGreaterThanOrEqual(4.5);
    for (const share of [0.9, 0.8])
      expect(contrast(token("accent-ink"), mix(token("accent"), share, token("ink")))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(["paper", "shell", "raised"])("what cannot be done now is still made out on %s", (surface) => {
    for (const name of ["ink", "ink-2"])
      expect(contrast(tint(name, DISABLED, surface), token(surface)), name).toBeGreaterThanOrEqual(3);
  });

  test.each(["paper", "shell", "raised"])("edges of fields are seen on %s", (surface) => {
    expect(contrast(token("line-strong"), token(surface))).toBeGreaterThanOrEqual(3);
  });

  test.each([...surfaces, "accent-soft"])("the ring of the focus and the caret of others are seen on %s", (surface) => {
    expect(contrast(token("accent"), token(surface))).toBeGreaterThanOrEqual(3);
    for (const name of people) expect(contrast(token(name), token(surface)), name).toBeGreaterThanOrEqual(3);
  });
});

test("the plain colours in lib/palette.ts are the light ones", () => {
  expect(people.map((name) => toHex(themes.light.get(name) ?? [0, 0, 0]))).toEqual([...PEOPLE_COLORS]);
});
