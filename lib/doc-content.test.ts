import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { replaceContent } from "./doc-content.ts";

const element = (name: string, attributes: Record<string, unknown>, ...children: (Y.XmlElement | Y.XmlText)[]) => {
  const made = new Y.XmlElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value as string);
  made.insert(0, children);
  return made;
};

/** What can be built: the shared type `x` of some kind, and how to look at it. */
const contents: [title: string, build: (doc: Y.Doc) => void, look: (doc: Y.Doc) => unknown][] = [
  ["text", (doc) => doc.getText("x").insert(0, "plain"), (doc) => doc.getText("x").toDelta()],
  [
    "text with formats, embeds and line ends",
    (doc) =>
      doc
        .getText("x")
        .applyDelta([
          { insert: "bold", attributes: { bold: true } },
          { insert: { image: "a.png" }, attributes: { width: 3 } },
          { insert: "end\n\n" },
        ]),
    (doc) => doc.getText("x").toDelta(),
  ],
  [
    "map with every kind of value",
    (doc) => {
      const map = doc.getMap("x");
      const values = { number: 1.5, no: null, list: [1, { a: "b" }], bytes: Uint8Array.of(1, 2), nested: new Y.Map() };
      for (const [key, value] of Object.entries(values)) map.set(key, value);
      (map.get("nested") as Y.Map<unknown>).set("text", new Y.Text("inside"));
    },
    (doc) => doc.getMap("x").toJSON(),
  ],
  [
    "array with values and types between them",
    (doc) => doc.getArray("x").insert(0, ["a", new Y.Map([["k", 1]]), 2, Y.Array.from([1, [true]]), null]),
    (doc) => doc.getArray("x").toJSON(),
  ],
  [
    "a document of ProseMirror's kind",
    (doc) => {
      const text = new Y.XmlText();
      text.applyDelta([
        { insert: "linked", attributes: { link: { href: "https://example.org" } } },
        { insert: " text" },
      ]);
      const heading = element("heading", { level: 2 }, new Y.XmlText("Title"));
      const list = element("list", {}, element("item", { checked: false }, text), element("item", { checked: true }));
      doc.getXmlFragment("x").insert(0, [heading, list]);
    },
    (doc) => [
      doc.getXmlFragment("x").toString(),
      (doc.getXmlFragment("x").get(0) as Y.XmlElement).getAttribute("level"),
    ],
  ],
  [
    "an element with attributes of its own",
    (doc) => {
      const root = doc.get("x", Y.XmlElement);
      root.setAttribute("lang", "es");
      root.insert(0, [new Y.XmlText("hola")]);
    },
    (doc) => [doc.get("x", Y.XmlElement).getAttributes(), doc.get("x", Y.XmlElement).toString()],
  ],
  ["nothing", () => {}, (doc) => doc.getText("x").toString()],
];

/** A document as it comes over the wire: nobody has said yet of what kind its types are. */
function received(from: Y.Doc): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(from));
  return doc;
}

function built(build: (doc: Y.Doc) => void): Y.Doc {
  const doc = new Y.Doc();
  build(doc);
  return doc;
}

describe.each(contents)("%s", (_, build, look) => {
  test.each([
    ["built", (doc: Y.Doc) => doc],
    ["read from an update", received],
  ])("%s, takes the place of what was there", (_, given) => {
    for (const [, before] of contents) {
      const doc = received(built(before));
      doc.getMap("elsewhere").set("gone", true);
      const other = received(doc);
      replaceContent(doc, given(built(build)));
      // Somebody who has the history sees the same, by what changed alone.
      Y.applyUpdate(other, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(other)));
      expect(look(other)).toEqual(look(built(build)));
      expect(other.getMap("elsewhere").toJSON()).toEqual({});
    }
  });

  test("twice the same is the same once", () => {
    const doc = new Y.Doc();
    for (let i = 0; i < 2; i++) replaceContent(doc, built(build));
    expect(look(received(doc))).toEqual(look(built(build)));
  });
});

test("the document's own earlier state can be brought back, and given to itself", () => {
  const doc = built((made) => made.getText("x").insert(0, "first"));
  const first = received(doc);
  doc.getText("x").delete(0, 5);
  doc.getText("x").insert(0, "second");
  replaceContent(doc, first);
  expect(doc.getText("x").toString()).toBe("first");
  replaceContent(doc, received(doc));
  expect(doc.getText("x").toString()).toBe("first");
});

test("it is one transaction", () => {
  const doc = built(contents[4]?.[1] ?? (() => {}));
  let updates = 0;
  doc.on("update", () => updates++);
  replaceContent(
    doc,
    built((made) => made.getArray("y").insert(0, [1, 2])),
  );
  expect(updates).toBe(1);
});
