// What typing and shortcuts do, block by block.
import { describe, expect, test } from "vitest";
import { toggleTask } from "#app/_editor/commands/tasks.ts";
import { TypingTest } from "#app/_editor/typing.test-helper.ts";

const typed = (text: string) => new TypingTest().type(text).markdown;

test.each([
  ["# Title", "# Title"],
  ["#### Small", "#### Small"],
  ["##### Five is text", "\\##### Five is text"],
  ["> quoted", "> quoted"],
  ["- one\ntwo", "* one\n* two"],
  ["* one", "* one"],
  ["3. three\nfour", "3. three\n4. four"],
  ["[] task", "- [ ] task"],
  ["[ ] task\nnext", "- [ ] task\n- [ ] next"],
  ["[x] done", "- [x] done"],
  ["- [ ] task", "- [ ] task"],
  ["- [x] done\nnew", "- [x] done\n- [ ] new"],
  ["```ts const", "```ts\nconst\n```"],
  ["---after", "---\n\nafter"],
  ["a **bold** word", "a **bold** word"],
  ["a *slanted* and _slanted_ word", "a *slanted* and *slanted* word"],
  ["a ~~wrong~~ word", "a ~~wrong~~ word"],
  ["a ==marked== word", "a <mark>marked</mark> word"],
  ["if a == b and b == c", "if a == b and b == c"],
  ["run `npm test` now", "run `npm test` now"],
  ["[site](https://example.org) x", "[site](https://example.org) x"],
  ["[bad](javascript:alert) x", "\\[bad\\](javascript:alert) x"],
  ["so $x^2$ is", "so $x^2$ is"],
  ["costs $5 or $6, $7,$8", "costs $5 or $6, $7,$8"],
  ["```mermaid pie", "```mermaid\npie\n```"],
  ["$$ x", "$$\nx\n$$"],
  ["see https://example.org/a now", "see [https://example.org/a](https://example.org/a) now"],
  ["snake_case_word and 2*3*4", "snake_case_word and 2*3*4"],
])("typing %j makes %j", (text, markdown) => {
  const unescaped = (value: string) => value.replaceAll("\\", "");
  expect(unescaped(typed(text))).toBe(unescaped(markdown));
});

describe("input rules", () => {
  test("are taken back by Backspace", () => {
    const editor = new TypingTest().type("# ");
    expect(editor.doc.firstChild?.type.name).toBe("heading");
    editor.press("Backspace");
    expect(editor.doc.firstChild?.type.name).toBe("paragraph");
    expect(editor.doc.textContent).toBe("# ");
  });

  test("do nothing in code", () => {
    const editor = new TypingTest("```\nx\n```").type("\n# **no** - ");
    expect(editor.doc.childCount).toBe(1);
    expect(editor.doc.textContent).toBe("x\n# **no** - ");
    expect(new TypingTest("`a b`").select(3, 3).type("**x**").markdown).toBe("`a **x**b`");
  });

  test("do nothing inside a composition", () => {
    const editor = new TypingTest();
    editor.composing = true;
    editor.type("# ");
    expect(editor.doc.firstChild?.type.name).toBe("paragraph");
  });

  test("do not carry the mark on to what is typed next", () => {
    expect(typed("**a**b")).toBe("**a**b");
    expect(new TypingTest().type("**a**b").doc.firstChild?.childCount).toBe(2);
  });
});

describe("lists", () => {
  test("Tab and Shift-Tab indent and outdent, also tasks", () => {
    const editor = new TypingTest("* a\n* b").press("Tab");
    expect(editor.markdown).toBe("* a\n  * b");
    expect(editor.press("Shift-Tab").markdown).toBe("* a\n* b");
    expect(new TypingTest("- [ ] a\n- [x] b").press("Tab").markdown).toBe("- [ ] a\n  - [x] b");
  });

  test("Tab in the first item stays in the editor and changes nothing", () => {
    expect(new TypingTest("* a").press("Tab").markdown).toBe("* a");
  });

  test("Enter in an empty item leaves the list", () => {
    expect(new TypingTest("* a").type("\n\nafter").markdown).toBe("* a\n\nafter");
  });

  test("Backspace at the start of an item takes it out of the list", () => {
    const editor = new TypingTest("* a");
    editor.select(3, 3).press("Backspace");
    expect(editor.markdown).toBe("a");
  });

  test("one kind of list turns into another and keeps its text, nested lists and selection", () => {
    const editor = new TypingTest("* a\n* b\n  * c");
    editor.select(3, 3).press("Mod-Shift-9");
    expect(editor.markdown).toBe("- [ ] a\n- [ ] b\n  * c");
    expect(editor.state.selection.from).toBe(3);
    expect(editor.press("Mod-Shift-7").markdown).toBe("1. a\n2. b\n   * c");
    expect(new TypingTest("* a").press("Mod-Shift-8").markdown).toBe("a");
  });

  test("Mod-Enter ticks the tasks of the selection", () => {
    const editor = new TypingTest("- [ ] a\n- [x] b").select(3, 8);
    expect(editor.run(toggleTask)).toBe(true);
    expect(editor.markdown).toBe("- [x] a\n- [x] b");
    editor.run(toggleTask);
    expect(editor.markdown).toBe("- [ ] a\n- [ ] b");
    expect(new TypingTest("text").run(toggleTask)).toBe(false);
  });
});

describe("code blocks", () => {
  test("Enter makes a line, Tab two spaces, and Enter on two empty lines leaves", () => {
    const editor = new TypingTest("```\na\n```").type("\n").press("Tab").type("b\n\n\nafter");
    expect(editor.markdown).toBe("```\na\n  b\n```\n\nafter");
  });
});

describe("formulas", () => {
  const inside = (editor: TypingTest) => editor.state.selection.$from.parent.type.name;

  test("arrow keys walk in and out, Enter and Escape leave", () => {
    const editor = new TypingTest("a $x$").press("ArrowLeft");
    expect(inside(editor)).toBe("math_inline");
    editor.type("^2").press("Enter").type("b");
    expect(editor.markdown).toBe("a $x^2$b");
    editor.select(3, 3).press("ArrowRight").press("ArrowLeft");
    expect(inside(editor)).toBe("paragraph");
    editor.press("ArrowRight").press("Escape").type("c");
    expect(editor.markdown).toBe("a $x^2$cb");
  });

  test("the dollars come back by Backspace; later Backspace selects, and then deletes", () => {
    const editor = new TypingTest().type("$x$").press("Backspace");
    expect(editor.doc.textContent).toBe("$x$");
    editor.press("ArrowLeft");
    const other = new TypingTest("a $x$").press("Backspace");
    expect(other.state.selection.empty).toBe(false);
    expect(other.press("Enter") && inside(other)).toBe("math_inline");
    expect(other.press("Backspace").doc.textContent).toBe("a ");
  });

  test("the selected words become one, and Enter on a block makes a line that Escape leaves", () => {
    expect(new TypingTest("a b").select(3, 4).press("Mod-Alt-f").markdown).toBe("a $b$");
    expect(new TypingTest().type("$$ a\nb").press("Escape").type("after").markdown).toBe("$$\na\nb\n$$\n\nafter");
  });
});

describe("marks and breaks", () => {
  test("shortcuts switch marks on and off", () => {
    const editor = new TypingTest("word").select(1, 5);
    for (const key of ["Mod-b", "Mod-i", "Mod-u", "Mod-Shift-x"]) editor.press(key);
    expect(editor.doc.firstChild?.firstChild?.marks.map((mark) => mark.type.name)).toEqual([
      "strong",
      "em",
      "underline",
      "strike",
    ]);
    for (const key of ["Mod-b", "Mod-i", "Mod-u", "Mod-Shift-x"]) editor.press(key);
    expect(editor.markdown).toBe("word");
  });

  test("Shift-Enter breaks the line inside the block", () => {
    expect(new TypingTest("a").press("Shift-Enter").type("b").doc.childCount).toBe(1);
  });

  test("quote on and off, headings and text", () => {
    const editor = new TypingTest("a").press("Mod-Shift-.");
    expect(editor.markdown).toBe("> a");
    expect(editor.press("Mod-Shift-.").markdown).toBe("a");
    expect(editor.press("Mod-Alt-2").markdown).toBe("## a");
    expect(editor.press("Mod-Alt-0").markdown).toBe("a");
  });
});

describe("sub- and superscript", () => {
  test("one takes the other away, the schema itself allows both", () => {
    const editor = new TypingTest("H2O").select(2, 3).press("Mod-,");
    expect(editor.markdown).toBe("H<sub>2</sub>O");
    expect(editor.press("Mod-.").markdown).toBe("H<sup>2</sup>O");
    expect(editor.press("Mod-.").markdown).toBe("H2O");
  });
});

describe("alignment", () => {
  test("is set on every textblock of the selection, and taken away by the text's own side", () => {
    const editor = new TypingTest("one\n\n# two").select(1, 8).press("Mod-Shift-e");
    expect(editor.markdown).toBe('<div align="center">\n\none\n\n</div>\n\n<div align="center">\n\n# two\n\n</div>');
    expect(editor.press("Mod-Shift-l").markdown).toBe("one\n\n# two");
  });

  test("the own side of Arabic and Hebrew is the right one", () => {
    expect(new TypingTest("سلام").press("Mod-Shift-r").markdown).toBe("سلام");
    expect(new TypingTest("1. שלום").press("Mod-Shift-l").doc.textContent).toBe("שלום");
    expect(new TypingTest("سلام").press("Mod-Shift-l").doc.firstChild?.attrs.align).toBe("left");
  });

  test("code is left alone", () => {
    expect(new TypingTest("```\nx\n```").press("Mod-Shift-e").doc.firstChild?.attrs.align).toBeUndefined();
  });
});

describe("moving blocks", () => {
  test("Alt-ArrowUp and Alt-ArrowDown change places with the neighbour; the caret goes along", () => {
    const editor = new TypingTest("one\n\ntwo\n\nthree").select(7, 7).press("Alt-ArrowUp");
    expect(editor.markdown).toBe("two\n\none\n\nthree");
    expect(editor.state.selection.from).toBe(2);
    expect(editor.press("Alt-ArrowUp").markdown).toBe("two\n\none\n\nthree");
    expect(editor.press("Alt-ArrowDown").press("Alt-ArrowDown").markdown).toBe("one\n\nthree\n\ntwo");
  });

  test("several blocks move together, and in a list its items", () => {
    expect(new TypingTest("a\n\nb\n\nc").select(1, 5).press("Alt-ArrowDown").markdown).toBe("c\n\na\n\nb");
    expect(new TypingTest("* a\n* b\n  * c").press("Alt-ArrowUp").markdown).toBe("* a\n* b\n  * c");
    expect(new TypingTest("* a\n* b").press("Alt-ArrowUp").markdown).toBe("* b\n* a");
  });
});

describe("callouts and collapsibles", () => {
  test("Backspace at their start takes the block out, an empty last line leaves", () => {
    const editor = new TypingTest("> [!TIP]\n>\n> text").type("\n\nafter");
    expect(editor.markdown).toBe("> [!TIP]\n>\n> text\n\nafter");
    expect(new TypingTest("> [!TIP]\n>\n> text").select(2, 2).press("Backspace").markdown).toBe("text");
  });
});
