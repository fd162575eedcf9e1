// The way of the rest of the app to a live document: asks the worker that owns its room, which loads it if nobody has
// it open and leaves it unloaded. docs/document-api.md shows it in use; what may be asked is worker/document-api.ts'
// business, who may ask it the caller's.
import * as Y from "yjs";
import { z } from "zod";
import { replaceContent } from "#lib/doc-content.ts";
import { LIMITS } from "#lib/protocol.ts";
import { RequestError } from "#lib/requests.ts";
import { runtime } from "#lib/runtime.ts";

/** The room is neither live nor stored. Check `code`, not `instanceof`. */
export class DataUnavailable extends Error {
  readonly code = "data-unavailable";
  constructor(room: string) {
    super(`${room} is neither live nor stored.`);
    this.name = "DataUnavailable";
  }
}

const json = z.json();
const object = z.record(z.string(), json);
const list = z.array(json);
const text = z.string();

/** A JSON value, as an export of a shared type holds it. */
export type Json = z.infer<typeof json>;

/** Builds on a document, or edits it; awaited. */
export type Edit = (doc: Y.Doc) => unknown;

export interface EditOptions {
  /** Who is recorded as the author; by default "server". */
  userId?: string;
}

/**
 * One room. Every method rejects with DataUnavailable, or with a RequestError (lib/requests.ts) when no worker
 * answers. A shared type that the room does not have answers its default: `{}`, `[]`, `""`, `<name></name>`.
 */
export class YroomDocument {
  readonly room: string;

  constructor(room: string) {
    this.room = room;
  }

  /** The whole state as one Yjs update (V1). */
  read(): Promise<Uint8Array> {
    return this.#call("read", []);
  }

  exportMap(name: string): Promise<Record<string, Json>> {
    return this.#export("exportMap", name, object);
  }

  exportArray(name: string): Promise<Json[]> {
    return this.#export("exportArray", name, list);
  }

  exportText(name: string): Promise<string> {
    return this.#export("exportText", name, text);
  }

  /** As XML. */
  exportXmlFragment(name: string): Promise<string> {
    return this.#export("exportXmlFragment", name, text);
  }

  /** As XML. */
  exportXmlElement(name: string): Promise<string> {
    return this.#export("exportXmlElement", name, text);
  }

  /** As XML. */
  exportXmlText(name: string): Promise<string> {
    return this.#export("exportXmlText", name, text);
  }

  /**
   * Lets `edit` change a copy of the document, and sends what it changed: open editors see it at once, everybody else's
   * edits stay. Resolves when it is committed; what fails before that changes nothing. A room that is neither live nor
   * stored begins with this edit.
   */
  async transact(edit: Edit, options: EditOptions = {}): Promise<void> {
    await this.#edit(await this.#copy(), edit, options);
  }

  /**
   * The room's content becomes what `build` makes of an empty document: every shared type is emptied and filled anew in
   * one edit, which open editors see at once. History stays; an edit that somebody makes at the same moment is merged.
   * Resolves when it is committed.
   */
  async replace(build: Edit, options: EditOptions = {}): Promise<void> {
    const built = new Y.Doc();
    await build(built);
    await this.#edit(await this.#copy(), (copy) => replaceContent(copy, built), options);
  }

  /**
   * Closes every connection with 4404 and forgets what is stored, history included. Resolves when it is gone; a room
   * that does not exist is gone already. See to it that nobody is let in again.
   */
  async delete(): Promise<void> {
    await this.#call("delete", []);
  }

  async #copy(): Promise<Y.Doc> {
    const copy = new Y.Doc();
    try {
      Y.applyUpdate(copy, await this.read());
    } catch (error) {
      if ((error as DataUnavailable).code !== "data-unavailable") throw error;
    }
    return copy;
  }

  async #edit(copy: Y.Doc, edit: Edit, { userId = "server" }: EditOptions): Promise<void> {
    const updates: Uint8Array[] = [];
    copy.on("update", (update: Uint8Array) => updates.push(update));
    await edit(copy);
    if (updates.length === 0) return;
    const update = Y.mergeUpdates(updates);
    if (update.length > LIMITS.frameBytes) {
      throw new RequestError("too-large", `an edit has at most ${LIMITS.frameBytes} bytes, this one ${update.length}`);
    }
    await this.#call("edit", [userId], update);
  }

  async #export<Value>(method: string, name: string, schema: z.ZodType<Value>): Promise<Value> {
    const body = await this.#call(method, [name]);
    return schema.parse(JSON.parse(new TextDecoder().decode(body)));
  }

  async #call(method: string, args: unknown[], bytes?: Uint8Array): Promise<Uint8Array> {
    try {
      return await runtime().requests.call(this.room, method, args, bytes);
    } catch (error) {
      const { code, message } = error as RequestError;
      throw code === "refused" && message === "data-unavailable" ? new DataUnavailable(this.room) : error;
    }
  }
}
