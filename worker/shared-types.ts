// Reads a shared type of a live document as the kind that somebody asks for. What a room holds came as updates, which do not
// say of which kind a type is; Yjs takes the first one that is asked for, and would refuse all others from then on.
// So it is not asked: the answer is made of a view that belongs to nobody, and what plainly is of another kind is refused.
import * as Y from "yjs";

export type Kind = "map" | "array" | "text" | "XML fragment" | "XML element" | "XML text";

const isXml = (type: unknown) =>
  type instanceof Y.XmlElement ||
  type instanceof Y.XmlText ||
  type instanceof Y.XmlFragment ||
  type instanceof Y.XmlHook;
const isWritten = (content: unknown) =>
  content instanceof Y.ContentString || content instanceof Y.ContentFormat || content instanceof Y.ContentEmbed;

/** What may be in the list of a type of this kind; of a map, nothing. */
const holds: Record<Kind, (content: unknown) => boolean> = {
  map: () => false,
  array: (content) => !isWritten(content),
  text: (content) => isWritten(content) || (content instanceof Y.ContentType && !isXml(content.type)),
  "XML fragment": (content) => content instanceof Y.ContentType && isXml(content.type),
  "XML element": (content) => content instanceof Y.ContentType && isXml(content.type),
  "XML text": (content) => isWritten(content) || content instanceof Y.ContentType,
};

/**
 * Answers `view`, which must be a new Yjs type, with what the document has under this name: nothing, if there is no such
 * type. Throws if it is of another kind.
 */
export function viewOf<T extends object>(doc: Y.Doc, name: string, kind: Kind, view: T): T {
  const type = doc.share.get(name);
  if (!type) return Object.assign(view, { doc });
  for (let item = type._start; item; item = item.right) {
    if (!item.deleted && item.countable && !holds[kind](item.content)) throw new Error(`“${name}” is no ${kind}`);
  }
  const hasKeys = [...type._map.values()].some((item) => !item.deleted);
  const isList = kind === "array" || kind === "text" || kind === "XML fragment";
  if (hasKeys && isList) throw new Error(`“${name}” is no ${kind}`);
  // What reading needs of a type; nothing is written to it.
  return Object.assign(view, { _start: type._start, _map: type._map, _length: type._length, doc });
}

/** As XML. An element at the root has no name but that of its shared type, which Yjs would write in lower case. */
export function writeElement(doc: Y.Doc, name: string): string {
  const xml = viewOf(doc, name, "XML element", new Y.XmlElement(name)).toString();
  const { length } = name.toLocaleLowerCase();
  return `<${name}${xml.slice(1 + length, xml.length - 1 - length)}${name}>`;
}
