// The document that the editor is measured with: a report of a hundred pages, the same at every run.
import type { Node } from "prosemirror-model";
import { schema } from "../../app/_editor/schema.ts";

/** A picture that was uploaded to the document, and its size in pixels. */
export interface Picture {
  file: string;
  pixelWidth: number;
  pixelHeight: number;
}

const CHAPTERS = 20;
const SECTIONS = 5;
/** Characters of a page of prose in print, about; a hundred sections are a hundred pages. */
const PARAGRAPHS = 5;
const TABLES = 60;

const vocabulary =
  "the report of a team and its work in this quarter shows that people who write together find what they need sooner; " +
  "nobody waits for a file to come back and every change can be seen where it was made while the text stays readable";
const words = vocabulary.split(" ");

/** A sentence made of the vocabulary, `count` words from `at` on. */
function sentence(at: number, count: number): string {
  const chosen = Array.from({ length: count }, (_, index) => words[(at * 7 + index * 5 + (index >> 2)) % words.length]);
  const text = chosen.join(" ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

type Json = Record<string, unknown>;
const text = (value: string, ...marks: string[]): Json => ({
  type: "text",
  text: value,
  ...(marks.length > 0 ? { marks: marks.map((type) => ({ type })) } : {}),
});
const paragraph = (...content: Json[]): Json => ({ type: "paragraph", content });
const heading = (level: number, value: string): Json => ({ type: "heading", attrs: { level }, content: [text(value)] });

function prose(at: number): Json {
  return paragraph(
    text(`${sentence(at, 24)} `),
    text(sentence(at + 1, 6), "strong"),
    text(` ${sentence(at + 2, 30)} `),
    text(sentence(at + 3, 5), "em"),
    text(` ${sentence(at + 4, 14)}`),
  );
}

function table(at: number): Json {
  const cell = (type: string, row: number, column: number) => ({
    type,
    content: [paragraph(text(type === "table_header" ? `Column ${column + 1}` : sentence(at + row * 3 + column, 3)))],
  });
  return {
    type: "table",
    content: Array.from({ length: 6 }, (_, row) => ({
      type: "table_row",
      content: Array.from({ length: 4 }, (_, column) => cell(row === 0 ? "table_header" : "table_cell", row, column)),
    })),
  };
}

const list = (at: number): Json => ({
  type: "bullet_list",
  content: Array.from({ length: 4 }, (_, item) => ({
    type: "list_item",
    content: [paragraph(text(sentence(at + item, 9)))],
  })),
});

/** A hundred sections: prose, a list in every one, tables and pictures spread evenly. */
export function longDocument(pictures: Picture[]): Node {
  const content: Json[] = [];
  const sections = CHAPTERS * SECTIONS;
  const due = (all: number, section: number) =>
    Math.floor(((section + 1) * all) / sections) - Math.floor((section * all) / sections);
  let nextPicture = 0;
  for (let section = 0; section < sections; section++) {
    const chapter = Math.floor(section / SECTIONS) + 1;
    if (section % SECTIONS === 0) content.push(heading(1, `Chapter ${chapter}`));
    content.push(heading(2, `Section ${chapter}.${(section % SECTIONS) + 1}`));
    for (let part = 0; part < PARAGRAPHS; part++) content.push(prose(section * 11 + part));
    content.push(list(section * 13));
    for (let i = due(TABLES, section); i > 0; i--) content.push(table(section * 17 + i));
    for (let i = due(pictures.length, section); i > 0; i--) {
      const picture = pictures[nextPicture++];
      content.push({
        type: "image",
        attrs: { ...picture, alt: `Picture ${nextPicture}` },
        content: [text(`Picture ${nextPicture}`)],
      });
    }
  }
  const node = schema.nodeFromJSON({ type: schema.topNodeType.name, content });
  node.check();
  return node;
}
