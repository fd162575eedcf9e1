// Figures as people of a language read them; the symbols of units are the same in all.

const UNITS = ["B", "kB", "MB", "GB", "TB"];

/** Decimal units, two significant places at least: 0 B, 950 B, 1.2 kB, 34 MB. */
export function size(bytes: number, locale: string): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${rounded(value, unit > 0 && value < 9.95 ? 1 : 0, locale)} ${UNITS[unit]}`;
}

/** 40 ms, 3.2 s, 5 min, 2 h, 3 d. */
export function duration(ms: number, locale: string): string {
  if (ms < 1000) return `${rounded(ms, 0, locale)} ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${rounded(seconds, seconds < 9.95 ? 1 : 0, locale)} s`;
  if (seconds < 3600) return `${rounded(seconds / 60, 0, locale)} min`;
  if (seconds < 86_400) return `${rounded(seconds / 3600, 0, locale)} h`;
  return `${rounded(seconds / 86_400, 0, locale)} d`;
}

function rounded(value: number, places: number, locale: string): string {
  return value.toLocaleString(locale, { minimumFractionDigits: places, maximumFractionDigits: places });
}

/** 0–3, 7, 9–10: numbers in a row stand together. */
export function ranges(numbers: number[]): string {
  const sorted = [...numbers].sort((a, b) => a - b);
  const parts: [first: number, last: number][] = [];
  for (const number of sorted) {
    const part = parts.at(-1);
    if (part && number === part[1] + 1) part[1] = number;
    else parts.push([number, number]);
  }
  return parts.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(", ");
}
