// The files that somebody chose or dropped, one after the other on their way to becoming documents.
"use client";

import { useRef, useState } from "react";
import { refusalOf } from "#app/_editor/import/kinds.ts";
import type { Refusal } from "#app/_editor/import/refused.ts";
import { type Imported, ImportRefused, postFile } from "./post-file.ts";

/** `part`: how much has been sent, 0 to 1. A `failed` one can be tried again, a `refused` one cannot. */
export type ImportState =
  | { kind: "waiting" }
  | { kind: "sending"; part: number }
  | { kind: "done"; document: Imported }
  | { kind: "refused"; reason: Refusal | "other" }
  | { kind: "failed" };

export interface Import {
  id: string;
  file: File;
  state: ImportState;
}

/** `onDone` is called after each file that became a document. */
export function useImports(onDone: () => void) {
  const [imports, setImports] = useState<Import[]>([]);
  const done = useRef(onDone);
  done.current = onDone;
  /** Ends when everything before is done. */
  const queue = useRef(Promise.resolve());

  const setState = (id: string, state: ImportState) =>
    setImports((now) => now.map((one) => (one.id === id ? { ...one, state } : one)));

  const send = (id: string, file: File) => {
    setState(id, { kind: "waiting" });
    queue.current = queue.current.then(async () => {
      setState(id, { kind: "sending", part: 0 });
      try {
        const document = await postFile(id, file, (part) => setState(id, { kind: "sending", part }));
        setState(id, { kind: "done", document });
        done.current();
      } catch (error) {
        setState(id, error instanceof ImportRefused ? { kind: "refused", reason: error.refusal } : { kind: "failed" });
      }
    });
  };

  const add = (files: Iterable<File>) => {
    const added = [...files].map((file): Import => {
      const reason = refusalOf(file.name, file.size);
      return { id: newId(), file, state: reason ? { kind: "refused", reason } : { kind: "waiting" } };
    });
    setImports((now) => [...now, ...added]);
    for (const { id, file, state } of added) if (state.kind === "waiting") send(id, file);
  };

  const retry = ({ id, file }: Import) => send(id, file);
  const clear = () => setImports((now) => now.filter(({ state }) => isUnderWay(state)));
  return { imports, add, retry, clear };
}

export function isUnderWay(state: ImportState): boolean {
  return state.kind === "waiting" || state.kind === "sending";
}

/** crypto.randomUUID exists only on https and on localhost. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
