// What the rest of the app may ask of a room (lib/document.ts is the other end). A request that is not in this table
// does not exist; a missing shared type in an existing room answers its default. Edits and deletions are only judged
// here: live-room.ts carries them out.
import * as Y from "yjs";
import { z } from "zod";
import type { RoomMessage } from "#lib/messages.ts";
import { LIMITS } from "#lib/protocol.ts";
import type { Room } from "./room.ts";
import { viewOf, writeElement } from "./shared-types.ts";

/** Body and error of a `response` message. The error is a sentence, or one of the words that lib/requests.ts knows. */
export interface Response {
  error: string | null;
  body: Uint8Array;
}

/** A request that was understood. */
type Task =
  | { kind: "answer"; answer(room: Room): Uint8Array }
  | { kind: "edit"; update: Uint8Array; author: string }
  | { kind: "delete" };

type Request = Pick<Extract<RoomMessage, { type: "request" }>, "method" | "args" | "bytes">;

const noArgs = z.tuple([]);
const nameOfType = z.tuple([z.string().max(1_000)]);
const author = z.tuple([z.string().min(1).max(200)]);

/** Reads one shared type; of one that is not there, what an empty one reads. */
function reads(read: (doc: Y.Doc, name: string) => unknown) {
  return ({ args }: Request): Task => {
    const [name] = nameOfType.parse(JSON.parse(args));
    return { kind: "answer", answer: ({ doc }) => json(read(doc, name)) };
  };
}

const methods: Record<string, (request: Request) => Task> = {
  /** The whole state as one update (V1). */
  read: ({ args }) => {
    noArgs.parse(JSON.parse(args));
    return { kind: "answer", answer: (room) => room.encodeState() };
  },
  exportMap: reads((doc, name) => viewOf(doc, name, "map", new Y.Map()).toJSON()),
  exportArray: reads((doc, name) => viewOf(doc, name, "array", new Y.Array()).toJSON()),
  exportText: reads((doc, name) => viewOf(doc, name, "text", new Y.Text()).toString()),
  exportXmlFragment: reads((doc, name) => viewOf(doc, name, "XML fragment", new Y.XmlFragment()).toString()),
  exportXmlElement: reads(writeElement),
  exportXmlText: reads((doc, name) => viewOf(doc, name, "XML text", new Y.XmlText()).toString()),
  /** The bytes are an update (V1), the argument is who wrote it. The answer is empty, and comes after the commit. */
  edit: ({ args, bytes }) => {
    const [userId] = author.parse(JSON.parse(args));
    // Before the document sees it: a malformed update could be applied halfway.
    Y.decodeUpdate(bytes);
    return { kind: "edit", update: bytes, author: userId };
  },
  /** Ends every connection and forgets what is stored. The answer is empty, and comes when it is gone. */
  delete: ({ args }) => {
    noArgs.parse(JSON.parse(args));
    return { kind: "delete" };
  },
};

/** How a live room does what is more than an answer; each ends with DONE when the database has it. */
export interface Verbs {
  edit(update: Uint8Array, author: string): void;
  delete(): void;
}

/** `room` is null if it is neither live nor stored. What can be answered at once, or is refused, goes to `end`. */
export function carryOutRequest(request: Request, room: Room | null, end: (response: Response) => void, verbs: Verbs) {
  if (request.bytes.length > LIMITS.frameBytes) {
    end(refusal("too-large"));
    return;
  }
  let task: Task;
  try {
    task = parse(request);
    if (task.kind === "answer") {
      end(room ? { error: null, body: task.answer(room) } : refusal("data-unavailable"));
      return;
    }
  } catch (error) {
    end(refusal(messageOf(error)));
    return;
  }
  if (task.kind === "edit") verbs.edit(task.update, task.author);
  else verbs.delete();
}

function parse(request: Request): Task {
  const method = Object.hasOwn(methods, request.method) ? methods[request.method] : undefined;
  if (!method) throw new Error(`no such method: ${request.method}`);
  try {
    return method(request);
  } catch (error) {
    throw new Error(`bad request: ${messageOf(error)}`);
  }
}

export const DONE: Response = { error: null, body: new Uint8Array() };

export function refusal(error: string): Response {
  return { error, body: new Uint8Array() };
}

function messageOf(error: unknown): string {
  if (error instanceof z.ZodError) return error.issues[0]?.message ?? error.message;
  return error instanceof Error ? error.message : String(error);
}

function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
