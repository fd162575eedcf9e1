// Two people who touch a document of their own sixty-five times a second, in a process of their own: what somebody else's
// attack costs the process that runs it does not count here. Run by neighbours.ts, which asks for what they measured.
import { connectRaw } from "../raw-client.ts";
import type { Question } from "./neighbours.ts";

/** ms between two edits. */
const PACE = 15;
/** ms after which an edit that has not arrived is counted with its age. */
const PATIENCE = 20_000;

const { url, documentId, cookies } = JSON.parse(process.env.NEIGHBOURS ?? "{}");
const [ana, ben] = [1, 2].map(() => connectRaw(url, documentId, new Map(cookies))) as [
  ReturnType<typeof connectRaw>,
  ReturnType<typeof connectRaw>,
];
let closes = 0;
for (const { provider } of [ana, ben]) provider.on("connection-close", () => closes++);
await Promise.all([ana.synced(), ben.synced()]);

/** Edits under way, with the time they were made. */
const underWay = new Map<number, number>();
let arrived: number[] = [];
const heard = ben.doc.getMap<number>("pulse");
heard.observe(() => {
  // What travelled in one frame with a later one has arrived as well.
  for (const [pulse, at] of underWay) {
    if (pulse > (heard.get("last") ?? 0)) break;
    underWay.delete(pulse);
    arrived.push(performance.now() - at);
  }
});
let pulses = 0;
setInterval(() => {
  underWay.set(++pulses, performance.now());
  ana.doc.getMap<number>("pulse").set("last", pulses);
}, PACE);

process.on("message", ({ atLeast }: Question) => {
  const asked = performance.now();
  const answer = () => {
    const late = [...underWay.values()].filter((at) => at < asked);
    const isPatient = performance.now() - asked < PATIENCE;
    if (isPatient && (late.length > 0 || arrived.length < atLeast)) return;
    clearInterval(polling);
    const latencies = [...arrived, ...late.map((at) => performance.now() - at)];
    arrived = [];
    process.send?.({ latencies, closes });
  };
  const polling = setInterval(answer, 10);
});
process.on("disconnect", () => process.exit(0));
process.send?.("ready");
