// A document with a long history: a recorded editing trace (BENCH_TRACE, a file of josephg/editing-traces), or one that
// is made up.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import * as Y from "yjs";

export interface History {
  edits: number;
  update: Uint8Array;
  textLength: number;
  source: string;
}

type Patch = [position: number, deleted: number, inserted: string];

let known: History | undefined;

/** Built once; takes some seconds. */
export function history(): History {
  known ??= build();
  return known;
}

function build(): History {
  const file = process.env.BENCH_TRACE;
  const patches = file ? recorded(file) : madeUp();
  const doc = new Y.Doc();
  doc.clientID = 1;
  const text = doc.getText("text");
  let edits = 0;
  for (const [position, deleted, inserted] of patches) {
    if (deleted > 0) text.delete(position, deleted);
    if (inserted) text.insert(position, inserted);
    edits += deleted + inserted.length;
  }
  const source = file ? "recorded trace (BENCH_TRACE)" : "made up (BENCH_TRACE is not set)";
  return { edits, update: Y.encodeStateAsUpdate(doc), textLength: text.length, source };
}

function* recorded(file: string): Generator<Patch> {
  const bytes = readFileSync(file);
  const json = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const { txns } = JSON.parse(json) as { txns: { patches: Patch[] }[] };
  for (const { patches } of txns) yield* patches;
}

/** Somebody who writes words, goes elsewhere, and deletes a third of it again; the same every time. */
function* madeUp(): Generator<Patch> {
  let seed = 1;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return seed % below;
  };
  let length = 0;
  let at = 0;
  for (let edits = 0; edits < 260_000; edits++) {
    if (random(25) === 0) at = random(length + 1);
    if (at > 0 && random(10) < 3) {
      at--;
      length--;
      yield [at, 1, ""];
    } else {
      yield [at, 0, String.fromCharCode(97 + random(26))];
      at++;
      length++;
    }
  }
}
