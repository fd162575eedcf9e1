// Lines of code, plain text without marks.
import { chainCommands, newlineInCode, setBlockType } from "prosemirror-commands";
import { textblockTypeInputRule } from "prosemirror-inputrules";
import type { Schema } from "prosemirror-model";
import { type Command, TextSelection } from "prosemirror-state";
import type { Block } from "#app/_editor/block.ts";
import { chooseLanguage, createCodeView } from "#app/_editor/code/code-view.ts";
import { fenceFor } from "#app/_editor/code/fence.ts";
import { selectionIs } from "#app/_editor/commands/active.ts";
import { nodeOf } from "#app/_editor/commands/lookup.ts";

/** A language is a short word; anything else is dropped before it can become a class name. */
function languageOf(value: unknown): string | null {
  const word = typeof value === "string" ? value.trim().split(/\s/)[0] : "";
  return word && /^[\w+#.-]{1,32}$/.test(word) ? word : null;
}

function toggle(schema: Schema): Command {
  return (state, dispatch) =>
    setBlockType(nodeOf(schema, selectionIs("code_block")(state) ? "paragraph" : "code_block"))(state, dispatch);
}

const tab: Command = (state, dispatch) => {
  if (!state.selection.$from.parent.type.spec.code) return false;
  dispatch?.(state.tr.insertText("  "));
  return true;
};

/** Enter on the second empty line at the end leaves the block. */
const leave: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || !$from.parent.type.spec.code) return false;
  if ($from.parentOffset !== $from.parent.content.size || !$from.parent.textContent.endsWith("\n\n")) return false;
  const paragraph = nodeOf(state.schema, "paragraph");
  const after = $from.after();
  if (!$from.node(-1).canReplaceWith($from.indexAfter(-1), $from.indexAfter(-1), paragraph)) return false;
  if (dispatch) {
    const tr = state.tr.insert(after, paragraph.create()).delete($from.pos - 2, $from.pos);
    dispatch(tr.setSelection(TextSelection.create(tr.doc, after - 1)).scrollIntoView());
  }
  return true;
};

export const codeBlock: Block = {
  kind: "node",
  name: "code_block",
  node: {
    group: "block",
    content: "text*",
    marks: "",
    code: true,
    defining: true,
    attrs: { language: { default: null } },
    parseDOM: [
      {
        tag: "pre",
        preserveWhitespace: "full",
        getAttrs: (element) => {
          const named = element.getAttribute("data-language");
          const code = element.querySelector("code")?.getAttribute("class") ?? "";
          return { language: languageOf(named ?? /language-(\S+)/.exec(code)?.[1]) };
        },
      },
    ],
    toDOM: (node) => {
      const language = languageOf(node.attrs.language);
      return [
        "pre",
        { ...(language ? { "data-language": language } : {}), spellcheck: "false", dir: "ltr" },
        ["code", language ? { class: `language-${language}` } : {}, 0],
      ];
    },
  },
  keys: (schema) => [
    { key: "Mod-Alt-c", title: "Code block", command: toggle(schema) },
    { key: "Tab", command: tab },
    { key: "Shift-Tab", title: "Language of a code block", command: chooseLanguage },
    { key: "Enter", command: chainCommands(leave, newlineInCode) },
  ],
  view: createCodeView,
  inputRules: (schema) => [
    textblockTypeInputRule(/^```([\w+#.-]*)\s$/, nodeOf(schema, "code_block"), (match) => ({
      language: languageOf(match[1]),
    })),
  ],
  menu: (schema) => [
    {
      id: "code-block",
      title: "Code block",
      synonyms: "code snippet pre source",
      icon: "code-block",
      place: "type",
      command: toggle(schema),
      active: selectionIs("code_block"),
    },
  ],
  markdownTokens: {
    code_block: { block: "code_block", noCloseToken: true },
    fence: { block: "code_block", noCloseToken: true, getAttrs: (token) => ({ language: languageOf(token.info) }) },
  },
  toMarkdown: (state, node) => {
    const fence = fenceFor(node);
    state.write(`${fence}${languageOf(node.attrs.language) ?? ""}\n`);
    state.text(node.textContent, false);
    state.write("\n");
    state.write(fence);
    state.closeBlock(node);
  },
};
