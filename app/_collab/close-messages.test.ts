import { expect, test } from "vitest";
import { closeMessage } from "#app/_collab/close-messages.ts";
import words from "#app/_i18n/messages/en/pages.json";
import { CLOSE, mayRetry } from "#lib/protocol.ts";

const final = Object.entries(CLOSE).filter(([, code]) => !mayRetry(code));

test.each(final)("%s has a message of its own, and says what becomes of the text", (name, code) => {
  const message = closeMessage(code, "kept");
  expect(message).toMatchObject({ reason: name, safety: "kept" });
  expect(words.collab.closed).toHaveProperty(message.reason);
});

test("no two messages are alike", () => {
  const titles = Object.values(words.collab.closed).map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
});

test("a code of a newer server has a general one, a frame that is not even read the message of a large one", () => {
  expect(closeMessage(1009, "kept")).toEqual(closeMessage(CLOSE.tooLarge, "kept"));
  expect(closeMessage(4499, "saved")).toEqual({ reason: "other", safety: "saved", action: "reload" });
});
