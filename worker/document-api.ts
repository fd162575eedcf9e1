// What the rest of the app may ask of a room (lib/document.ts is the other end). A method that is not in this table
// does not exist; a missing shared type in an existing room answers its default.
import * as Y from "yjs";
import type { Room } from "./room.ts";

/** Body and error of a `response` message. */
export interface Response {
  error: string | null;
  body: Uint8Array;
}

const methods: Record<string, (room: Room, name: string) => Uint8Array> = {
  /** The whole state as one update (V1). */
  read: (room) => room.encodeState(),
  exportMap: (room, name) => json(has(room, name) ? room.doc.getMap(name).toJSON() : {}),
  exportArray: (room, name) => json(has(room, name) ? room.doc.getArray(name).toJSON() : []),
  exportText: (room, name) => json(has(room, name) ? room.doc.getText(name).toString() : ""),
  exportXmlFragment: (room, name) => json(has(room, name) ? room.doc.getXmlFragment(name).toString() : ""),
  exportXmlElement: (room, name) =>
    json(has(room, name) ? room.doc.get(name, Y.XmlElement).toString() : `<${name}></${name}>`),
  exportXmlText: (room, name) => json(has(room, name) ? room.doc.get(name, Y.XmlText).toString() : ""),
};

/** `args` is a JSON array; its first item is the name of the shared type. Never throws. */
export function answerRequest(room: Room, method: string, args: string): Response {
  const answer = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (!answer) return refusal(`no such method: ${method}`);
  try {
    const [name = ""] = JSON.parse(args) as unknown[];
    if (typeof name !== "string") return refusal("the name of a shared type is a string");
    return { error: null, body: answer(room, name) };
  } catch (error) {
    return refusal(error instanceof Error ? error.message : String(error));
  }
}

/** The room is neither live nor stored. */
export function dataUnavailable(): Response {
  return refusal("data-unavailable");
}

function refusal(error: string): Response {
  return { error, body: new Uint8Array() };
}

/** Asking a Y.Doc for a type creates it, so look first: a question must not change the document. */
function has(room: Room, name: string): boolean {
  return room.doc.share.has(name);
}

function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
