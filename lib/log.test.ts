import { expect, test } from "vitest";
import { createLog } from "./log.ts";
import { latestWarnings } from "./warnings.ts";

function capture() {
  const lines: string[] = [];
  const log = createLog("test", "debug", { write: (line) => void lines.push(line) });
  return { log, lines };
}

/** As ioredis and pg throw them: what people wrote hangs on the error. */
function driverError(): Error {
  return Object.assign(new Error("XADD failed"), {
    code: "EFAIL",
    command: { name: "xadd", args: ["a secret sentence"] },
    detail: "Key (email)=(ana@example.com) already exists",
    cause: Object.assign(new Error("below"), { query: "a secret sentence" }),
  });
}

test("an error is logged without what its driver hung on it", () => {
  const { log, lines } = capture();
  log.error({ err: driverError(), room: "prosemirror.d" }, "delivering failed");
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    room: "prosemirror.d",
    msg: "delivering failed",
    err: { type: "Error", message: "XADD failed", code: "EFAIL", cause: { message: "below" } },
  });
  expect(lines[0]).not.toMatch(/secret|ana@/);
});

test("the latest warnings are kept with ids and codes only", () => {
  const { log } = capture();
  log.info({ room: "r" }, "no warning");
  for (let i = 0; i < 60; i++) log.warn("again");
  expect(latestWarnings()).toHaveLength(50);
  log.warn(
    { room: "r", connection: "web-1/3", user: "u1", code: 4400, reason: "text of somebody" },
    "protocol violation",
  );
  log.error({ err: driverError() }, "delivering failed");
  expect(latestWarnings().slice(-2)).toEqual([
    {
      at: expect.any(String),
      level: "warn",
      text: "protocol violation",
      fields: { room: "r", connection: "web-1/3", user: "u1", code: 4400 },
    },
    { at: expect.any(String), level: "error", text: "delivering failed", fields: {}, error: "Error EFAIL" },
  ]);
});
