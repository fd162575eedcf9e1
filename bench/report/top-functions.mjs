// Reads .cpuprofile files (`--node-arguments="--cpu-prof --cpu-prof-dir=…"`) and prints where the time went: the
// functions with the most time of their own, as shares of the time in which the process did anything.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [folder, from = "0", to = "Infinity"] = process.argv.slice(2);
// usage: node bench/report/top-functions.mjs <folder> [<from> <to>], the latter two from "between" in the results
for (const name of readdirSync(folder).filter((file) => file.endsWith(".cpuprofile"))) {
  const { nodes, samples, timeDeltas, startTime } = JSON.parse(readFileSync(join(folder, name), "utf8"));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const own = new Map();
  let busy = 0;
  let at = startTime;
  for (const [index, id] of samples.entries()) {
    at += timeDeltas[index];
    if (at < Number(from) || at > Number(to)) continue;
    const { functionName, url, lineNumber } = byId.get(id).callFrame;
    if (functionName === "(idle)") continue;
    const place = url
      ? `${url.replace(/^.*\/node_modules\//, "").replace(/^.*\/(dist\/)/, "$1")}:${lineNumber + 1}`
      : "";
    const key = `${functionName || "(anonymous)"} ${place}`;
    own.set(key, (own.get(key) ?? 0) + timeDeltas[index]);
    busy += timeDeltas[index];
  }
  console.log(`\n${name}: busy ${(busy / 1e6).toFixed(1)} s`);
  const sorted = [...own].sort((a, b) => b[1] - a[1]).slice(0, 40);
  for (const [key, time] of sorted) console.log(`${((time / busy) * 100).toFixed(1).padStart(6)} %  ${key}`);
}
