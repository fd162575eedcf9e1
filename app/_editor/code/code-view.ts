// A code block on the screen: the code, and above it the choice of its language and a button that copies it. The tools
// stand outside of the text, so nothing in them is ever read as a part of the document.
import type { Node } from "prosemirror-model";
import { type Command, TextSelection } from "prosemirror-state";
import type { EditorView, NodeView } from "prosemirror-view";
import { languageNamed, languages } from "#app/_editor/code/languages.ts";
import { lockReadOnly } from "#app/_editor/plugins/read-only.ts";
import { words } from "#app/_editor/words.ts";
import { copyText } from "#app/_ui/copy-text.ts";

export function createCodeView(first: Node, view: EditorView, getPos: () => number | undefined): NodeView {
  let node = first;
  const document = view.dom.ownerDocument;
  const dom = element(document, "div", "code-block");
  const tools = element(document, "div", "code-tools");
  tools.contentEditable = "false";
  const choice = element(document, "select", "code-language");
  choice.setAttribute("aria-label", words("code.language"));
  choice.append(
    option(document, "", words("code.plain")),
    ...languages.map(({ id, title }) => option(document, id, title)),
  );
  const copy = element(document, "button", "code-copy");
  copy.type = "button";
  copy.textContent = words("code.copy");
  copy.setAttribute("aria-label", words("code.copyCode"));
  const said = element(document, "span", "sr-only");
  said.setAttribute("role", "status");
  tools.append(choice, copy, said);
  const pre = element(document, "pre", "");
  pre.spellcheck = false;
  pre.dir = "ltr";
  const contentDOM = element(document, "code", "");
  pre.append(contentDOM);
  dom.append(tools, pre);

  const show = () => {
    const language: string | null = node.attrs.language;
    const named = languageNamed(language);
    // A language that the list does not have keeps its place while the block has it.
    choice.querySelector("[data-other]")?.remove();
    if (language && !named) {
      const other = option(document, language, language);
      other.dataset.other = "";
      choice.append(other);
    }
    choice.value = named?.id ?? language ?? "";
    if (language) pre.dataset.language = language;
    else delete pre.dataset.language;
  };
  choice.addEventListener("change", () => {
    const pos = getPos();
    if (pos === undefined || !view.editable) return show();
    const language = choice.value || null;
    view.dispatch(view.state.tr.setNodeAttribute(pos, "language", language).setMeta("intention", true));
  });
  tools.addEventListener("keydown", (event) => {
    const pos = getPos();
    if (event.key !== "Escape" || pos === undefined) return;
    event.preventDefault();
    const { $from } = view.state.selection;
    if ($from.parent !== node) {
      view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, pos + 1)));
    }
    view.focus();
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  copy.addEventListener("click", async () => {
    const done = await copyText(node.textContent);
    copy.textContent = words(done ? "code.copied" : "code.notCopied");
    said.textContent = words(done ? "code.saidCopied" : "code.saidNotCopied");
    clearTimeout(timer);
    timer = setTimeout(() => {
      copy.textContent = words("code.copy");
      said.textContent = "";
    }, 3000);
  });
  const unlock = lockReadOnly(view, choice);
  show();
  return {
    dom,
    contentDOM,
    update(changed) {
      if (changed.type !== node.type) return false;
      const isOther = changed.attrs.language !== node.attrs.language;
      node = changed;
      if (isOther) show();
      return true;
    },
    stopEvent: (event) => tools.contains(event.target as globalThis.Node | null),
    ignoreMutation: (mutation) => mutation.type !== "selection" && !contentDOM.contains(mutation.target),
    destroy() {
      clearTimeout(timer);
      unlock();
    },
  };
}

/** Puts the focus on the language of the code block at the caret. */
export const chooseLanguage: Command = (state, _dispatch, view) => {
  const { $from } = state.selection;
  if ($from.parent.type.name !== "code_block") return false;
  const dom = view?.nodeDOM($from.before());
  if (dom && "querySelector" in dom) (dom as HTMLElement).querySelector<HTMLElement>(".code-language")?.focus();
  return true;
};

function element<Name extends keyof HTMLElementTagNameMap>(document: Document, name: Name, className: string) {
  const made = document.createElement(name);
  if (className) made.className = className;
  return made;
}

function option(document: Document, value: string, title: string): HTMLOptionElement {
  const made = document.createElement("option");
  made.value = value;
  // As an attribute it is not text: the page's words stay the document's.
  made.label = title;
  return made;
}
