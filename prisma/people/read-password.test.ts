import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { readPassword } from "#prisma/people/read-password.ts";

const silent = () => {};
const pipe = (...chunks: (string | Uint8Array)[]) => {
  const input = new PassThrough();
  for (const chunk of chunks) input.write(chunk);
  input.end();
  return readPassword(input, silent);
};

test.each([
  ["with the end of its line", ["correct horse\n"]],
  ["without", ["correct horse"]],
  ["from Windows", ["correct horse\r\n"]],
  ["in pieces", ["correct ", "horse"]],
])("a line %s is the password", async (_, chunks) => {
  expect(await pipe(...chunks)).toBe("correct horse");
});

test("a letter may be cut in two on the way", async () => {
  const [first, ...others] = Buffer.from("éclair au chocolat");
  expect(await pipe(Uint8Array.of(first as number), Uint8Array.from(others))).toBe("éclair au chocolat");
});

test.each([
  ["nothing", "", /at least 12/],
  ["eleven letters", "elevenchars\n", /at least 12/],
  ["eleven letters of two code units each", "😀".repeat(11), /at least 12/],
  ["more than the login takes", "x".repeat(1025), /at most 1024/],
  ["two lines", "correct horse\nbattery staple\n", /one line/],
  ["a tab", "correct\thorse", /control characters/],
])("%s is refused", async (_, text, reason) => {
  await expect(pipe(text)).rejects.toMatchObject({ code: "REFUSED", message: expect.stringMatching(reason) });
});

test("who types is asked, and nothing of the answer is shown", async () => {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const shown: string[] = [];
  const password = readPassword(input, (text) => void shown.push(text));
  input.write("correct horse\r");
  expect(await password).toBe("correct horse");
  expect(shown.join("")).toBe("New password (not shown): \n");
});

test("who types nothing and leaves is not waited for", async () => {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const password = readPassword(input, silent);
  input.write("\u0003");
  await expect(password).rejects.toMatchObject({ code: "REFUSED" });
});
