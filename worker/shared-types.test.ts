import { expect, test, vi } from "vitest";
import * as Y from "yjs";
import { type Kind, viewOf, writeElement } from "./shared-types.ts";

/** What a room has: the same document, built of updates alone. */
function asRoom(build: (doc: Y.Doc) => void): Y.Doc {
  const [built, room] = [new Y.Doc(), new Y.Doc()];
  build(built);
  Y.applyUpdate(room, Y.encodeStateAsUpdate(built));
  return room;
}

const room = () =>
  asRoom((doc) => {
    doc.getMap("map").set("a", [1]);
    doc.getMap("map").set("gone", 1);
    doc.getMap("map").delete("gone");
    doc.getArray("array").push(["a", { b: 2 }, Uint8Array.of(1)]);
    doc.getText("text").insert(0, "plain and bold");
    doc.getText("text").format(0, 5, { bold: true });
    doc.getText("embed").insertEmbed(0, { image: "x" });
    const paragraph = new Y.XmlElement("paragraph");
    doc.getXmlFragment("fragment").push([paragraph]);
    paragraph.push([new Y.XmlText("written")]);
    const element = doc.get("Element", Y.XmlElement) as Y.XmlElement;
    element.setAttribute("k", "v");
    element.push([new Y.XmlText("inner")]);
    const text = doc.get("xmlText", Y.XmlText) as Y.XmlText;
    text.insert(0, "xml");
    text.setAttribute("lang", "en");
  });

const reads: Record<Kind, (doc: Y.Doc, name: string) => unknown> = {
  map: (doc, name) => viewOf(doc, name, "map", new Y.Map()).toJSON(),
  array: (doc, name) => viewOf(doc, name, "array", new Y.Array()).toJSON(),
  text: (doc, name) => viewOf(doc, name, "text", new Y.Text()).toString(),
  "XML fragment": (doc, name) => viewOf(doc, name, "XML fragment", new Y.XmlFragment()).toString(),
  "XML element": (doc, name) => writeElement(doc, name),
  "XML text": (doc, name) => viewOf(doc, name, "XML text", new Y.XmlText()).toString(),
};

const XML: Kind[] = ["XML fragment", "XML element", "XML text"];
/** Those of the other kinds that would find something of theirs in it are not listed. */
const contents: [kind: Kind, name: string, content: unknown, refused: Kind[]][] = [
  ["map", "map", { a: [1] }, ["array", "text", "XML fragment"]],
  ["array", "array", ["a", { b: 2 }, Uint8Array.of(1)], ["map", "text", ...XML]],
  ["text", "text", "plain and bold", ["map", "array", "XML fragment", "XML element"]],
  ["text", "embed", "", ["map", "array", "XML fragment", "XML element"]],
  ["XML fragment", "fragment", "<paragraph>written</paragraph>", ["map", "text"]],
  ["XML element", "Element", '<Element k="v">inner</Element>', ["map", "array", "text", "XML fragment"]],
  ["XML text", "xmlText", "xml", ["map", "array", "text", "XML fragment", "XML element"]],
];

test.each(contents)(
  "[R8] a %s (%s) is read as what it is, whatever was asked before, and as no other",
  (...content) => {
    const [kind, name, expected, refused] = content;
    const doc = room();
    const before = Y.encodeStateAsUpdate(doc);
    for (const other of refused) expect(() => reads[other](doc, name), other).toThrow(`“${name}” is no ${other}`);
    for (let time = 0; time < 2; time++) expect(reads[kind](doc, name)).toEqual(expected);
    expect(doc.share.get(name)?.constructor).toBe(Y.AbstractType);
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
  },
);

test.each([
  ["map", {}],
  ["array", []],
  ["text", ""],
  ["XML fragment", ""],
  ["XML element", "<Name></Name>"],
  ["XML text", ""],
] as [Kind, unknown][])("[R8] a %s that is not there reads as an empty one, and is not made", (kind, empty) => {
  const warn = vi.spyOn(console, "warn");
  const doc = room();
  expect(reads[kind](doc, "Name")).toEqual(empty);
  expect(doc.share.has("Name")).toBe(false);
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
});

test("[R8] a type that has a kind already is read the same", () => {
  const doc = new Y.Doc();
  doc.getText("text").insert(0, "typed");
  expect(reads.text(doc, "text")).toBe("typed");
});
