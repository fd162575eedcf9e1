// Two kinds of plots as SVG text: lines and bars. Colours hold on white and on black; text follows the reader's scheme.

export interface Series {
  label: string;
  /** Index of its colour, the same in every plot. */
  colour: number;
  /** Points in order of x; bars have one per group. */
  points: { x: number; y: number }[];
}

export interface Plot {
  title: string;
  x: string;
  y: string;
  series: Series[];
  /** A horizontal line, such as a limit. */
  limit?: number;
}

const COLOURS = ["#2f81f7", "#e8590c", "#2da44e", "#a371f7", "#d29922", "#db61a2"];
const WIDTH = 760;
const HEIGHT = 400;
const LEFT = 64;
const RIGHT = 190;
const TOP = 44;
const BOTTOM = 48;
const INNER_WIDTH = WIDTH - LEFT - RIGHT;
const INNER_HEIGHT = HEIGHT - TOP - BOTTOM;

const STYLE = `text{font:12px system-ui,sans-serif;fill:#1f2328}.t{font-size:15px;font-weight:600}.g{stroke:#8b949e;stroke-opacity:.35}
.l{stroke:#cf222e;stroke-dasharray:5 4;stroke-width:1.5}@media (prefers-color-scheme:dark){text{fill:#e6edf3}.l{stroke:#ff7b72}}`;

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const short = (value: number) => String(Number(value.toPrecision(3)));
const colour = (index: number) => COLOURS[index % COLOURS.length];

function text(x: number, y: number, content: string, more = ""): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${escaped(content)}</text>`;
}

/** Lines over a logarithmic y axis. */
export function lines(plot: Plot): string {
  const points = plot.series.flatMap((series) => series.points);
  const ys = [...points.map(({ y }) => y), plot.limit ?? Number.NaN].filter((y) => y > 0);
  const low = Math.floor(Math.log10(Math.min(...ys)) * 2) / 2;
  const high = Math.ceil(Math.log10(Math.max(...ys)) * 2) / 2;
  const most = Math.max(...points.map(({ x }) => x));
  const atX = (x: number) => LEFT + (x / most) * INNER_WIDTH;
  const atY = (y: number) => TOP + (1 - (Math.log10(y) - low) / (high - low)) * INNER_HEIGHT;
  const ticks = [1, 2, 5].flatMap((n) => range(-4, 6).map((power) => n * 10 ** power));
  const parts = ticks
    .filter((tick) => Math.log10(tick) >= low && Math.log10(tick) <= high)
    .map((tick) => gridLine(atY(tick), short(tick)));
  for (const x of [...new Set(points.map((point) => point.x))]) {
    parts.push(text(atX(x), HEIGHT - BOTTOM + 18, short(x), 'text-anchor="middle"'));
  }
  for (const { points: own, colour: index } of plot.series) {
    const path = own.map(({ x, y }) => `${atX(x).toFixed(1)},${atY(y).toFixed(1)}`);
    parts.push(`<polyline fill="none" stroke="${colour(index)}" stroke-width="2.5" points="${path.join(" ")}"/>`);
    for (const point of path) parts.push(dot(point, colour(index)));
  }
  return frame(plot, parts, plot.limit === undefined ? null : atY(plot.limit));
}

/** One bar for each series, from 0. */
export function bars(plot: Plot): string {
  const values = plot.series.map(({ points }) => points[0]?.y ?? 0);
  const high = Math.max(...values, plot.limit ?? 0) * 1.08;
  const atY = (y: number) => TOP + (1 - y / high) * INNER_HEIGHT;
  const step = 10 ** Math.floor(Math.log10(high / 2));
  const spacing = high / step > 8 ? step * 2 : step;
  const parts = range(0, Math.floor(high / spacing) + 1).map((n) => gridLine(atY(n * spacing), short(n * spacing)));
  const slot = INNER_WIDTH / Math.max(values.length, 1);
  for (const [index, value] of values.entries()) {
    const x = LEFT + slot * (index + 0.18);
    const height = Math.max(1, HEIGHT - BOTTOM - atY(value));
    const size = `width="${(slot * 0.64).toFixed(1)}" height="${height.toFixed(1)}" rx="3" fill="${colour(plot.series[index]?.colour ?? 0)}"`;
    parts.push(`<rect x="${x.toFixed(1)}" y="${(HEIGHT - BOTTOM - height).toFixed(1)}" ${size}/>`);
    parts.push(text(x + slot * 0.32, HEIGHT - BOTTOM - height - 6, short(value), 'text-anchor="middle"'));
  }
  return frame(plot, parts, plot.limit === undefined ? null : atY(plot.limit));
}

function gridLine(y: number, label: string): string {
  const line = `<line class="g" x1="${LEFT}" x2="${LEFT + INNER_WIDTH}" y1="${y.toFixed(1)}" y2="${y.toFixed(1)}"/>`;
  return line + text(LEFT - 8, y + 4, label, 'text-anchor="end"');
}

function dot(point: string, fill: string | undefined): string {
  const [x, y] = point.split(",");
  return `<circle cx="${x}" cy="${y}" r="3.5" fill="${fill}"/>`;
}

function frame(plot: Plot, parts: string[], limitAt: number | null): string {
  const legend = plot.series.map(({ label, colour: own }, index) => {
    const y = TOP + 8 + index * 22;
    const x = WIDTH - RIGHT + 20;
    return `<rect x="${x}" y="${y - 9}" width="12" height="12" rx="2" fill="${colour(own)}"/>${text(x + 18, y + 1, label)}`;
  });
  const limit =
    limitAt === null ? "" : `<line class="l" x1="${LEFT}" x2="${LEFT + INNER_WIDTH}" y1="${limitAt}" y2="${limitAt}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(plot.title)}">
<style>${STYLE}</style>
${text(LEFT, 22, plot.title, 'class="t"')}
${parts.join("\n")}
${limit}
${legend.join("\n")}
${text(LEFT + INNER_WIDTH / 2, HEIGHT - 8, plot.x, 'text-anchor="middle"')}
${text(0, 0, plot.y, `text-anchor="middle" transform="translate(16 ${TOP + INNER_HEIGHT / 2}) rotate(-90)"`)}
</svg>
`;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
