// "5 minutes ago", "yesterday", or a date when it is longer ago than a week.

const STEPS: [Intl.RelativeTimeFormatUnit, seconds: number, below: number][] = [
  ["minute", 60, 3_600],
  ["hour", 3_600, 86_400],
  ["day", 86_400, 7 * 86_400],
];

export function relativeTime(at: Date, now: Date, locale: string): string {
  const seconds = Math.max(0, (now.getTime() - at.getTime()) / 1000);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  if (seconds < 45) return format.format(0, "second");
  for (const [unit, size, below] of STEPS) {
    if (seconds < below) return format.format(-Math.max(1, Math.floor(seconds / size)), unit);
  }
  const year = at.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return at.toLocaleDateString(locale, { day: "numeric", month: "short", year });
}
