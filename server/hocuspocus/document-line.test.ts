import * as decoding from "lib0/decoding";
import pino from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { encodeNotice, encodeSaved, encodeStep1, encodeUpdate } from "#lib/frames.ts";
import { CLOSE, LIMITS } from "#lib/protocol.ts";
import type { Admission, Refusal } from "../admission.ts";
import { Consumer } from "../consumer.ts";
import { Outgoing } from "../outgoing.ts";
import { admissionTo } from "../test-consumer.ts";
import { Anteroom } from "./anteroom.ts";
import { DocumentLine } from "./document-line.ts";
import { encodeAuthenticated, encodeDenied, encodeStateless, encodeSyncStatus } from "./frames.ts";

let lines: Record<string, unknown>[];
let said: Uint8Array[];
let closed: { code: number; reason: string } | null;
let ended: number[];
let decide: () => Admission | Refusal;
let anteroom: Anteroom;

beforeEach(() => {
  vi.useFakeTimers();
  lines = [];
  said = [];
  closed = null;
  ended = [];
  anteroom = new Anteroom();
  decide = () => admissionTo("prosemirror.d", "ana");
});
afterEach(() => vi.useRealTimers());

function open(address = "prosemirror.d\0session") {
  const log = pino({ level: "info" }, { write: (line) => void lines.push(JSON.parse(line)) });
  const host = {
    server: "s1",
    log,
    send: () => {},
    refusal: () => null,
    stateOf: () => null,
    relay: () => false,
    answer: () => null,
    onClosed: (consumer: Consumer) => void ended.push(consumer.id),
  };
  return new DocumentLine(address, {
    socket: {
      buffered: 0,
      write: (frames) => void said.push(...frames.map((frame) => message(frame, address))),
      close: (code, reason) => {
        closed ??= { code, reason };
      },
    },
    consumers: {
      isCrowd: () => false,
      add: (admission, outlet) => new Consumer(1, outlet, admission, host),
    },
    log,
    anteroom,
    admit: async () => decide(),
    onStateless: () => {},
    onOpen: () => {},
    onEnd: () => {},
  });
}

/** What stands behind the address in a short WebSocket frame. */
function message(frame: Uint8Array, address: string): Uint8Array {
  const decoder = decoding.createDecoder(frame.subarray(2));
  expect(decoding.readVarString(decoder)).toBe(address);
  return decoding.readTailAsUint8Array(decoder);
}

async function authenticate(line: DocumentLine): Promise<void> {
  line.receive({ type: "auth", token: "" });
  await vi.advanceTimersByTimeAsync(0);
}

test("[H3] everything that comes at once is said, what is for this server translated, in order", async () => {
  const line = open();
  await authenticate(line);
  line.receive({ type: "update", body: Uint8Array.of(0, 2, 0) });
  const [step1, update] = [encodeStep1(Uint8Array.of(0)), encodeUpdate(Uint8Array.of(0, 0))];
  const notice = { kind: "trashed", by: "Ben" } as const;
  line.send(new Outgoing([step1, encodeSaved(1), update, encodeNotice(notice), step1]));
  expect(said.map((bytes) => [...bytes])).toEqual(
    [
      encodeAuthenticated(true),
      step1,
      encodeSyncStatus(true),
      update,
      encodeStateless(JSON.stringify(notice)),
      step1,
    ].map((bytes) => [...bytes]),
  );
});

test("[H1] a document that nobody authenticates in time is refused, one that is open is not", async () => {
  const [late, good] = [open(), open()];
  late.receive({ type: "step1", body: new Uint8Array(10) });
  await authenticate(good);
  said = [];
  await vi.advanceTimersByTimeAsync(LIMITS.authenticationTime + 1);
  expect(said).toEqual([encodeDenied("4401 nobody authenticated in time")]);
  expect([late.isOpen, good.isOpen, closed]).toEqual([false, true, null]);
});

test("[H1] what waits is bounded for all documents of a socket together, and counts only while it waits", async () => {
  const message = { type: "update", body: new Uint8Array(LIMITS.unauthenticatedBytes / 2 - 1_000) } as const;
  for (let n = 0; n < 5; n++) {
    const line = open();
    line.receive(message);
    if (n % 2 === 0) await authenticate(line);
    else line.end();
  }
  expect(closed).toBeNull();
  open().receive(message);
  open().receive(message);
  expect(closed).toBeNull();
  open().receive({ type: "update", body: new Uint8Array(2_000) });
  expect(closed).toMatchObject({ code: CLOSE.tooFast });
});

test("[H1] a socket that is refused again and again is closed; each refusal has a line", async () => {
  decide = () => ({ code: CLOSE.noAccess, reason: "no access", user: "u-ana" });
  const line = open();
  for (let n = 0; n < LIMITS.refusalBurst; n++) await authenticate(line);
  expect(closed).toBeNull();
  const refused = { level: 30, room: "prosemirror.d", user: "u-ana", code: CLOSE.noAccess, msg: "connection refused" };
  expect(lines).toHaveLength(LIMITS.refusalBurst);
  expect(lines[0]).toMatchObject(refused);
  await authenticate(line);
  expect(closed).toMatchObject({ code: CLOSE.tooFast });
});
