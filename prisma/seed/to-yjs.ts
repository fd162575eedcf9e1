// Literals to the Yjs state that y-prosemirror would have written for them, without the editor's schema.
import * as Y from "yjs";
import type { Content } from "#prisma/seed/content.ts";

/** The state of a room (V1 update) whose XML fragment `prosemirror` holds `content`. */
export function toRoomState(content: Content[]): Uint8Array {
  const doc = new Y.Doc();
  doc.transact(() => doc.getXmlFragment("prosemirror").insert(0, toTypes(content)));
  const state = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return state;
}

type TextContent = Extract<Content, { type: "text" }>;
type ElementContent = Exclude<Content, TextContent>;

/** Neighbouring texts share one Y.XmlText. */
function toTypes(content: Content[]): (Y.XmlElement | Y.XmlText)[] {
  const types: (Y.XmlElement | Y.XmlText)[] = [];
  let texts: TextContent[] = [];
  const endText = () => {
    if (texts.length > 0) types.push(toText(texts));
    texts = [];
  };
  for (const node of content) {
    if (node.text !== undefined) {
      texts.push(node);
    } else {
      endText();
      types.push(toElement(node));
    }
  }
  endText();
  return types;
}

/** A mark is a formatting attribute: its name, with its attributes for a value. */
function toText(texts: TextContent[]): Y.XmlText {
  const type = new Y.XmlText();
  type.applyDelta(
    texts.map(({ text, marks = [] }) => ({
      insert: text,
      attributes: Object.fromEntries(marks.map((mark) => [mark.type, mark.attrs ?? {}])),
    })),
  );
  return type;
}

function toElement(node: ElementContent): Y.XmlElement {
  const element = new Y.XmlElement<Record<string, never>>(node.type);
  for (const [name, value] of Object.entries(node.attrs ?? {})) {
    if (value !== null) element.setAttribute(name, value as never);
  }
  element.insert(0, toTypes(node.content ?? []));
  return element as Y.XmlElement;
}
