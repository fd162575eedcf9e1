// Files that are made to keep the server busy, or to be two files at once.
import { expect, test } from "vitest";
import { convertFile } from "./convert.ts";
import { docxOf, zipOf } from "./docx.test-helper.ts";
import { inTime } from "./in-time.ts";
import type { KindName } from "./kinds.ts";
import { listZip, unpackWithin, writeZip } from "./zip.ts";

/** ms that it takes, whatever the answer is. */
async function timeOf(kind: KindName, text: string): Promise<number> {
  const bytes = new TextEncoder().encode(text);
  const start = performance.now();
  await convertFile(kind, bytes).catch((error) => expect(error).toMatchObject({ code: "file-refused" }));
  return performance.now() - start;
}

const times = (count: number, part: string) => part.repeat(count);

// Before: 5 to 7 s on the machine on which they take some 30 ms now.
test.each<[string, KindName, string]>([
  ["spaces between two words", "text", `a${times(100_000, " ")}b`],
  ["bodies without end", "html", times(39_000, "<body ") + times(66_000, "x")],
  ["heads without end", "html", times(39_000, "<head ") + times(66_000, "x")],
  ["pages without end", "html", times(39_000, "<html ") + times(66_000, "x")],
  ["doctypes without end", "html", times(39_000, "<!doctype") + times(66_000, "x")],
])("%s take no time", async (_, kind, text) => {
  expect(await timeOf(kind, text)).toBeLessThan(1_500);
});

// Before: 12 to 80 s.
test.each<[string, KindName, string]>([
  ["wide tables of short rows", "markdown", `${times(12_500, "|a")}\n${times(12_500, "|-")}\n${times(16_000, "|b\n")}`],
  ["formulas", "markdown", times(33_000, "$a$")],
  ["definitions", "markdown", times(14_000, "[a]: b\n")],
  ["line breaks", "html", `<p>${times(20_000, "<br>")}</p>`],
])("%s take no more than the time that a file has", async (_, kind, text) => {
  expect(await timeOf(kind, text)).toBeLessThan(6_000);
});

test("what does not end is refused with a sentence", () => {
  expect(() =>
    inTime(() => {
      for (;;);
    }),
  ).toThrow(expect.objectContaining({ refusal: "too-slow", message: expect.stringMatching(/too long/) }));
});

test("files are read one after the other, and one that is refused holds up nobody", async () => {
  const ends: string[] = [];
  const convert = (name: string, kind: KindName, bytes: Uint8Array) =>
    convertFile(kind, bytes).finally(() => ends.push(name));
  // Word files are read in parts, so a text could overtake one.
  const all = await Promise.allSettled([
    convert("a Word file", "docx", docxOf({ Normal: "words" })),
    convert("nothing", "markdown", new Uint8Array()),
    convert("a text", "text", Buffer.from("words")),
  ]);
  expect(all.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(ends).toEqual(["a Word file", "nothing", "a text"]);
});

/** Its files, and the list of them. */
function halves(zip: Buffer): { files: Buffer; directory: Buffer } {
  const end = zip.length - 22;
  const start = zip.readUInt32LE(end + 16);
  return { files: zip.subarray(0, start), directory: Buffer.from(zip.subarray(start, end)) };
}

test("a Word file with two directories is the one whose size was checked", async () => {
  const one = halves(docxOf({ Normal: "checked" }));
  const other = halves(docxOf({ Normal: "hidden".repeat(1_000) }));
  const shift = one.files.length - one.directory.length;
  for (let at = 0; at < other.directory.length; at += 46 + other.directory.readUInt16LE(at + 28)) {
    other.directory.writeUInt32LE(other.directory.readUInt32LE(at + 42) + shift, at + 42);
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(3, 8);
  end.writeUInt16LE(3, 10);
  // The size of the second where the first is: a reader that goes by it takes what is between for bytes put in front.
  end.writeUInt32LE(other.directory.length, 12);
  end.writeUInt32LE(one.files.length + other.files.length, 16);
  const both = Buffer.concat([one.files, other.files, one.directory, other.directory, end]);
  expect((await convertFile("docx", both)).doc.textContent).toBe("checked");
});

test("what is written is what was checked, with its names", () => {
  const parts = unpackWithin(listZip(zipOf({ "a.xml": "<a/>", "b/c.xml": "" })) ?? [], 100) ?? [];
  expect(parts.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()])).toEqual([
    ["a.xml", "<a/>"],
    ["b/c.xml", ""],
  ]);
  const named = [...parts, { name: "ü.xml", bytes: Buffer.from("ü") }];
  expect(unpackWithin(listZip(writeZip(named)) ?? [], 100)).toEqual(
    named.map(({ name, bytes }) => ({ name, bytes: expect.toSatisfy((same) => Buffer.from(same).equals(bytes)) })),
  );
});
