import { expect, test } from "vitest";
import { roomKey } from "#worker/storage/room-key.ts";

test("ordinary names are their own keys", () => {
  for (const name of ["prosemirror.cmb1", "", "a b", "日本語.👩‍👧", "%_'\""]) expect(roomKey(name)).toBe(name);
});

test("keys hold no NUL and no lone surrogate, and stay apart", () => {
  const names = ["\0", "\\0", "\\0000", "\\", "\\\\", "\ud800", "\udc00", "\ufffd", "\ud83d\ude00"];
  const keys = names.map(roomKey);
  expect(new Set(keys).size).toBe(names.length);
  for (const key of keys) {
    expect(key).not.toContain("\0");
    expect(Buffer.from(key, "utf8").toString("utf8")).toBe(key);
  }
});
