import { expect, test } from "vitest";
import { redirectOf, slotOf } from "./redis-slot.ts";

test.each([
  ["123456789", 0x31c3],
  ["foo", 12_182],
  ["{foo}.bar", 12_182],
  ["yroom:{foo}:log", 12_182],
])("%s lies in slot %i", (key, slot) => {
  expect(slotOf(key)).toBe(slot);
});

test("only a node that did nothing sends elsewhere", () => {
  expect(redirectOf(new Error("MOVED 3999 10.0.0.7:6381"))).toEqual({
    kind: "moved",
    slot: 3999,
    address: "10.0.0.7:6381",
  });
  expect(redirectOf(new Error("ASK 3999 :6381"))).toEqual({ kind: "ask", slot: 3999, address: ":6381" });
  expect(redirectOf(new Error("CLUSTERDOWN Hash slot not served"))?.kind).toBe("again");
  for (const other of ["Connection is closed.", "OOM command not allowed", "moved", "ERR MOVED 1 a:1"]) {
    expect(redirectOf(new Error(other))).toBeNull();
  }
});
