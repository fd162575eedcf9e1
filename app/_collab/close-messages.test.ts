import { expect, test } from "vitest";
import { closeMessage } from "#app/_collab/close-messages.ts";
import { CLOSE, mayRetry } from "#lib/protocol.ts";

const final = Object.entries(CLOSE).filter(([, code]) => !mayRetry(code));

test.each(final)("%s has its own message, which says what becomes of the text", (_name, code) => {
  const others = final.filter(([, other]) => other !== code).map(([, other]) => closeMessage(other, "saved").title);
  const message = closeMessage(code, "kept");
  expect(others).not.toContain(message.title);
  expect(message.text).toContain("kept on this device");
  expect(closeMessage(code, "saved").text).toContain("Everything you wrote is saved.");
  expect(closeMessage(code, "only-here").text).toContain("copy them");
});

test("a code of a newer server has a general one", () => {
  expect(closeMessage(4499, "saved")).toMatchObject({ title: "The server closed the connection.", action: "reload" });
});
