// Gives one Y.Doc the content of another, by ordinary edits, so that it can be merged with what others do. Knows the
// shared types of Yjs, and nothing of rooms.
import * as Y from "yjs";

type Type = Y.AbstractType<unknown>;
type Kind = typeof Y.Array | typeof Y.Map | typeof Y.Text | typeof Y.XmlElement | typeof Y.XmlFragment;

/** Empties every shared type of `doc` and fills them with what `source` holds, in one transaction. */
export function replaceContent(doc: Y.Doc, source: Y.Doc): void {
  doc.transact((transaction) => {
    for (const type of doc.share.values()) empty(type as Type, transaction);
    for (const [name, type] of source.share) {
      const kind = kindOf(type as Type);
      // A type that is known only from an update has no kind yet; here it takes one.
      fill(doc.get(name, kind) as Type, source.get(name, kind) as Type);
    }
  });
}

/** Whatever kind it is of: its items, its keys, its formatting. */
function empty({ _start, _map }: Type, transaction: Y.Transaction): void {
  for (let item = _start; item; item = item.right) if (!item.deleted) item.delete(transaction);
  for (const item of _map.values()) if (!item.deleted) item.delete(transaction);
}

/** The kind of a shared type, or one that can hold the same. */
function kindOf(type: Type): Kind {
  if (type.constructor !== Y.AbstractType) return type.constructor as Kind;
  let hasItems = false;
  for (let item = type._start; item; item = item.right) {
    const { content } = item;
    const isText =
      content instanceof Y.ContentString || content instanceof Y.ContentFormat || content instanceof Y.ContentEmbed;
    if (isText) return Y.Text;
    if (!item.deleted) hasItems = true;
  }
  if (type._map.size === 0) return Y.Array;
  return hasItems ? Y.XmlElement : Y.Map;
}

function fill(to: Type, from: Type): void {
  if (from instanceof Y.Map) {
    for (const [key, value] of from) (to as Y.Map<unknown>).set(key, copy(value));
  } else if (from instanceof Y.Array) {
    (to as Y.Array<unknown>).insert(0, from.toArray().map(copy));
  } else if (from instanceof Y.Text) {
    const delta = (from.toDelta() as { insert: unknown }[]).map((step) => ({ ...step, insert: copy(step.insert) }));
    (to as Y.Text).applyDelta(delta);
    for (const [name, value] of attributesOf(from)) (to as Y.Text).setAttribute(name, copy(value));
  } else if (from instanceof Y.XmlFragment) {
    (to as Y.XmlFragment).insert(0, from.toArray().map(copy) as (Y.XmlElement | Y.XmlText)[]);
    for (const [name, value] of attributesOf(from)) (to as Y.XmlElement).setAttribute(name, copy(value) as string);
  }
}

function attributesOf(type: Y.Text | Y.XmlFragment): [string, unknown][] {
  return type instanceof Y.Text || type instanceof Y.XmlElement ? Object.entries(type.getAttributes()) : [];
}

/** A value as it can be put into another document. */
function copy(value: unknown): unknown {
  if (value instanceof Y.Doc)
    return new Y.Doc({ guid: value.guid, meta: value.meta, collectionid: value.collectionid });
  if (!(value instanceof Y.AbstractType)) return value;
  const made = (value as Type)._copy();
  fill(made as Type, value as Type);
  return made;
}
