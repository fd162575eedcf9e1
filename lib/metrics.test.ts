import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  countClose,
  describeMetrics,
  renderMetrics,
  serverMetrics,
  startMetrics,
  tally,
  workerMetrics,
} from "./metrics.ts";

startMetrics(["server", "worker"]);
const own = [...(await describeMetrics("server")), ...(await describeMetrics("worker"))];
const operations = readFileSync(new URL("../docs/operations.md", import.meta.url), "utf8");

async function sample(name: string): Promise<string | undefined> {
  const { text } = await renderMetrics();
  return text
    .split("\n")
    .find((line) => line.startsWith(`${name} `))
    ?.slice(name.length + 1);
}

describe.each(own)("$name", ({ name, help, type }) => {
  test("is named after what it counts, in base units", () => {
    expect(name).toMatch(/^yroom_[a-z]+(_[a-z]+)*$/);
    expect(name.endsWith("_total")).toBe(type === "counter");
    expect(name).not.toMatch(/milli|_ms\b|_kb|_mb|minutes/);
    if (type === "histogram") expect(name).toMatch(/_(seconds|messages|rooms)$/);
    expect(help).toMatch(/^[A-Z].{15,}\.$/s);
  });

  test("is explained in docs/operations.md", () => expect(operations.includes(`\`${name}\``)).toBe(true));
});

test("the text is what Prometheus reads, with the process's own figures and which program it is", async () => {
  const { text, contentType } = await renderMetrics();
  expect(contentType).toMatch(/^text\/plain; version=0\.0\.4/);
  for (const line of text.split("\n")) {
    expect(line).toMatch(/^$|^# (HELP|TYPE) \w+ |^\w+(\{(\w+="[^"]*",?)+\})? (-?[\d.e+-]+|NaN|Nan|\+Inf)$/);
  }
  expect(text).toContain("process_resident_memory_bytes ");
  expect(text).toMatch(/^yroom_build_info\{version="[\d.]+",commit="\w+",role="worker"\} 1$/m);
});

test("plain numbers, watched values and histograms appear", async () => {
  tally.messages.sent.connect += 3;
  expect(await sample('yroom_messages_total{direction="sent",type="connect"}')).toBe("3");
  expect(await sample('yroom_messages_total{direction="sent",type="connect"}')).toBe("3");
  const stops = [serverMetrics.connections, serverMetrics.connections].map((gauge, index) =>
    gauge.watch((watched) => watched.inc(index + 4)),
  );
  expect(await sample("yroom_connections")).toBe("9");
  for (const stop of stops) stop();
  expect(await sample("yroom_connections")).toBe("0");
  workerMetrics.commit.observe(0.004);
  expect(await sample('yroom_commit_seconds_bucket{le="0.0025"}')).toBe("0");
  expect(await sample('yroom_commit_seconds_bucket{le="0.005"}')).toBe("1");
});

test("a client cannot make labels by closing with codes of its own", async () => {
  for (let code = 3000; code < 4000; code++) countClose(code);
  countClose(4403);
  expect(await sample('yroom_socket_closes_total{code="other"}')).toBe("1000");
  expect(await sample('yroom_socket_closes_total{code="4403"}')).toBe("1");
});
