// The twelve hues of people. A user keeps one for life (`User.color` is its index); pages use the CSS variables
// `--person-<index>`, which adapt to dark mode, other clients the plain colour.

/** oklch(.52 .14 h) for h = 15, 45 … 345: white text on any of them has a contrast above 4.5. */
export const PEOPLE_COLORS = [
  "#aa3f4e",
  "#a84811",
  "#965900",
  "#766b00",
  "#427a17",
  "#008154",
  "#008082",
  "#0077a5",
  "#2769b7",
  "#6359b5",
  "#874c9f",
  "#9e427b",
] as const;

/** The colour of a palette index; any integer is taken modulo the palette. */
export function personColor(index: number): string {
  return PEOPLE_COLORS[((index % 12) + 12) % 12] ?? PEOPLE_COLORS[0];
}
