// Markdown out, in and out again, for documents made at random: the same text, and the same document as far as
// Markdown can say it. A failure names its seed; run that one alone with SEED=<n>.
import type { Node } from "prosemirror-model";
import { expect, test } from "vitest";
import { blocks } from "#app/_editor/blocks/index.ts";
import { parseMarkdown, serializeMarkdown, toMarkdownForm } from "#app/_editor/markdown.ts";
import { RandomDocument } from "#app/_editor/random-document.test-helper.ts";
import { schema } from "#app/_editor/schema.ts";

const RUNS = 150;
const seeds = process.env.SEED ? [Number(process.env.SEED)] : Array.from({ length: RUNS }, (_, seed) => seed + 1);

test("export, import, export: identical, and nothing of the document is lost", () => {
  const seen = new Set<string>();
  for (const seed of seeds) {
    const doc = new RandomDocument(schema, seed).make();
    doc.descendants((node) => {
      for (const { type } of [node, ...node.marks]) seen.add(type.name);
    });
    const markdown = serializeMarkdown(doc);
    const back = parseMarkdown(markdown);
    const form = toMarkdownForm(doc);
    // The long comparison only where there is something to see.
    if (!back.eq(form)) expect(back.toJSON(), `seed ${seed}:\n${markdown}`).toEqual(form.toJSON());
    expect(serializeMarkdown(back), `seed ${seed}`).toBe(markdown);
    expect(lettersOf(back), `seed ${seed}`).toBe(lettersOf(doc));
  }
  if (!process.env.SEED) expect([...seen, "doc"].sort()).toEqual(blocks.map(({ name }) => name).sort());
}, 60_000);

/** What nobody may lose: every sign but space. */
function lettersOf(doc: Node): string {
  return doc.textBetween(0, doc.content.size, " ").replace(/[\s\0]+/g, "");
}
