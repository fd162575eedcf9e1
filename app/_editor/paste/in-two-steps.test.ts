// Plain text first, then what it means: whatever others write meanwhile.
import { type Node, Slice } from "prosemirror-model";
import { EditorState, TextSelection, type Transaction } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { describe, expect, test } from "vitest";
import { parseMarkdown, serializeMarkdown } from "#app/_editor/markdown.ts";
import { inTwoSteps, pasteInTwoSteps } from "#app/_editor/paste/in-two-steps.ts";
import { RandomDocument } from "#app/_editor/random-document.test-helper.ts";
import { schema } from "#app/_editor/schema.ts";

/** What of a view a paste uses, and every document it has shown. */
class FakeView {
  readonly shown: Node[] = [];
  readonly isDestroyed = false;
  editable = true;
  state: EditorState;

  constructor(doc: Node, from: number, to = from) {
    const state = EditorState.create({ schema, doc, plugins: [inTwoSteps()] });
    this.state = state.apply(state.tr.setSelection(TextSelection.between(doc.resolve(from), doc.resolve(to))));
  }

  dispatch = (tr: Transaction): void => {
    this.state = this.state.apply(tr);
    this.state.doc.check();
    if (tr.docChanged) this.shown.push(this.state.doc);
  };

  paste(text: string, meaning: Slice | Promise<Slice | null>): void {
    pasteInTwoSteps(this as unknown as EditorView, text, meaning);
  }

  get markdown(): string {
    return serializeMarkdown(this.state.doc);
  }

  get texts(): string[] {
    return this.shown.map((doc) => doc.textBetween(0, doc.content.size, "|"));
  }
}

const sliceOf = (markdown: string) => Slice.maxOpen(parseMarkdown(markdown).content);
const random = (seed: number) => new RandomDocument(schema, seed).make();
const view = (markdown: string, at: number, to?: number) => new FakeView(parseMarkdown(markdown), at, to);

/** A paste whose meaning comes when `arrive` is called. */
function lateMeaning() {
  let arrive: (slice: Slice | null) => void = () => {};
  const meaning = new Promise<Slice | null>((resolve) => {
    arrive = resolve;
  });
  const settle = async (markdown: string | null) => {
    arrive(markdown === null ? null : sliceOf(markdown));
    await meaning;
    await Promise.resolve();
  };
  return { meaning, settle };
}

describe("known at once", () => {
  test("the plain text is shown first, and is what the first undo goes back to", () => {
    const page = view("before", 7);
    page.paste(" **b**", sliceOf("a **b**"));
    expect(page.texts).toEqual(["before **b**", "beforea b"]);
    expect(page.markdown).toBe("beforea **b**");
  });

  test("what means no more than it says is one step", () => {
    const page = view("", 1);
    page.paste("one\ntwo", sliceOf("one\n\ntwo"));
    expect(page.texts).toEqual(["one|two"]);
  });

  test("the document is what a direct paste makes, the caret too, for any documents", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const doc = random(seed);
      const slice = Slice.maxOpen(random(seed + 1000).content);
      const [from, to] = [(seed * 7919) % doc.content.size, (seed * 104_729) % doc.content.size];
      const page = new FakeView(doc, Math.min(from, to), seed % 2 ? from : Math.max(from, to));
      const direct = page.state.tr;
      const only = slice.openStart === 0 && slice.openEnd === 0 && slice.content.childCount === 1;
      if (only && slice.content.firstChild) direct.replaceSelectionWith(slice.content.firstChild, false);
      else direct.replaceSelection(slice);
      page.paste("some\nwords", slice);
      expect(page.state.doc.toJSON(), `seed ${seed}`).toEqual(direct.doc.toJSON());
      expect(page.state.selection.toJSON(), `seed ${seed}`).toEqual(direct.selection.toJSON());
    }
  });
});

describe("known later", () => {
  test("what others wrote around it stays, and the place has moved with it", async () => {
    const { meaning, settle } = lateMeaning();
    const page = view("one\n\ntwo\n\nthree", 6);
    page.paste("**b** ", meaning);
    page.dispatch(page.state.tr.insertText("at the start ", 1));
    page.dispatch(page.state.tr.insertText(" at the end", page.state.doc.content.size - 1));
    await settle("**b** c");
    expect(page.markdown).toBe("at the start one\n\n**b** ctwo\n\nthree at the end");
    expect(page.state.selection.$head.nodeBefore?.text).toBe(" c");
  });

  test("what is typed behind it stays behind it, with the caret", async () => {
    const { meaning, settle } = lateMeaning();
    const page = view("", 1);
    page.paste("**b**", meaning);
    page.dispatch(page.state.tr.insertText(" and more"));
    await settle("**b**");
    expect(page.markdown).toBe("**b** and more");
    expect(page.state.selection.$head.nodeAfter).toBeNull();
  });

  test("two of them come in any order", async () => {
    const [first, second] = [lateMeaning(), lateMeaning()];
    const page = view("", 1);
    page.paste("**a** ", first.meaning);
    page.paste("*b*", second.meaning);
    await second.settle("*b*");
    await first.settle("**a**");
    expect(page.markdown).toBe("**a***b*");
  });

  test("a selection is replaced once", async () => {
    const { meaning, settle } = lateMeaning();
    const page = view("keep replace keep", 6, 13);
    page.paste("`c`", meaning);
    await settle("`c`");
    expect(page.markdown).toBe("keep `c` keep");
  });

  test.each([
    ["a letter inside it", (page: FakeView) => page.state.tr.insertText("x", 9)],
    ["a part of it taken away", (page: FakeView) => page.state.tr.delete(8, 10)],
    ["it and what is around it taken away", (page: FakeView) => page.state.tr.delete(2, 14)],
  ])("%s: it stays plain", async (_what, change) => {
    const { meaning, settle } = lateMeaning();
    const page = view("before after", 8);
    page.paste("**b**", meaning);
    page.dispatch(change(page));
    const left = page.state.doc;
    await settle("**b**");
    expect(page.state.doc).toBe(left);
  });

  test("it stays plain when nothing comes, or when nobody may write any more", async () => {
    const [failed, refused] = [lateMeaning(), lateMeaning()];
    const page = view("", 1);
    page.paste("**a**", failed.meaning);
    await failed.settle(null);
    page.paste("**b**", refused.meaning);
    page.editable = false;
    await refused.settle("**b**");
    expect(page.texts).toEqual(["**a**", "**a****b**"]);
  });

  test("a caret that went elsewhere stays there", async () => {
    const { meaning, settle } = lateMeaning();
    const page = view("one\n\ntwo", 9);
    page.paste("**b**", meaning);
    page.dispatch(page.state.tr.setSelection(TextSelection.create(page.state.doc, 2)));
    await settle("**b**");
    expect(page.markdown).toBe("one\n\ntwo**b**");
    expect(page.state.selection.head).toBe(2);
  });
});
