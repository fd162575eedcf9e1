// The way of the rest of the app to a live document: asks the worker that owns its room, which loads it if nobody
// has it open and leaves it as it was. What may be asked is worker/document-api.ts' business.
import { z } from "zod";
import type { RequestError } from "#lib/requests.ts";
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

  async #export<Value>(method: string, name: string, schema: z.ZodType<Value>): Promise<Value> {
    const body = await this.#call(method, [name]);
    return schema.parse(JSON.parse(new TextDecoder().decode(body)));
  }

  async #call(method: string, args: unknown[]): Promise<Uint8Array> {
    try {
      return await runtime().requests.call(this.room, method, args);
    } catch (error) {
      const { code, message } = error as RequestError;
      throw code === "refused" && message === "data-unavailable" ? new DataUnavailable(this.room) : error;
    }
  }
}
