import pino from "pino";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { encodeEntries } from "#lib/awareness.ts";
import { SERVER_BEAT } from "#lib/channel-layer/channel-layer.ts";
import { MemoryChannelLayer } from "#lib/channel-layer/memory.ts";
import { TestWorker } from "#lib/channel-layer/test-peers.ts";
import { encodeAwareness, encodeStep1 } from "#lib/frames.ts";
import type { StatePart } from "#lib/messages.ts";
import { PARTITIONS, partitionOf } from "#lib/partition.ts";
import { CLOSE, LIMITS } from "#lib/protocol.ts";
import type { Consumer } from "./consumer.ts";
import { Consumers } from "./consumers.ts";
import { admissionTo, recordingOutlet } from "./test-consumer.ts";

type Connected = { outlet: ReturnType<typeof recordingOutlet>; consumer: Consumer };

const lines: Record<string, unknown>[] = [];
const log = pino({ level: "info" }, { write: (line) => void lines.push(JSON.parse(line)) });
const payload = new Uint8Array(LIMITS.frameBytes);
const room = "prosemirror.d";
const { quietTime } = LIMITS;
const patient = { timeout: 2 * SERVER_BEAT };

let layer: MemoryChannelLayer;
let consumers: Consumers;
let worker: Awaited<ReturnType<typeof TestWorker.start>>;

beforeEach(async () => {
  layer = new MemoryChannelLayer({ log });
  consumers = new Consumers(log, () => {
    throw new Error("no requests here");
  });
  await consumers.start("s1", layer);
  worker = await TestWorker.start(layer, "w1", "yroom");
  for (let partition = 0; partition < PARTITIONS; partition++) worker.link.open(partition);
});
afterEach(async () => {
  await consumers.stop();
  await layer.close();
});

test("[P9] a worker that speaks to somebody who left is told so, once for all it says until the next beat", async () => {
  const ana = consumers.add(admissionTo(room, "ana"), recordingOutlet());
  worker.link.deliver("s1", [
    { type: "forward", room, to: [ana.id, 77], payloads: [Uint8Array.of(0)] },
    { type: "forward", room, to: [77], payloads: [Uint8Array.of(0)] },
    { type: "forward", room: "prosemirror.other", to: [ana.id], payloads: [Uint8Array.of(0)] },
    { type: "close", room, to: [78], code: 4400, reason: "" },
  ]);
  await vi.waitFor(() => expect(worker.messages).toHaveLength(4), patient);
  const disconnects = [room, "prosemirror.other", room].map((name, index) => {
    return { type: "disconnect", room: name, connection: [77, ana.id, 78][index], clients: [] };
  });
  expect(worker.messages.slice(1)).toEqual(expect.arrayContaining(disconnects));
});

test("[P9] who sends much while much waits is closed with a code for trying again, and a line; others write on", async () => {
  const [ana, mallory] = ["ana", "mallory"].map((name) => {
    const outlet = recordingOutlet();
    return { outlet, consumer: consumers.add(admissionTo(room, name), outlet) };
  }) as [Connected, Connected];
  const connect = 2;
  const reserve = LIMITS.backlogBytes / 2;
  for (let bytes = 0; bytes < reserve; bytes += LIMITS.frameBytes) {
    expect(mallory.outlet.closed).toBeNull();
    mallory.consumer.receive(payload);
  }
  ana.consumer.receive(Uint8Array.of(0));
  mallory.consumer.receive(payload);
  mallory.consumer.receive(payload);
  ana.consumer.receive(Uint8Array.of(0));
  expect(mallory.outlet.closed?.code).toBe(CLOSE.unavailable);
  expect(ana.outlet.closed).toBeNull();
  const frames = reserve / LIMITS.frameBytes + 2;
  await vi.waitFor(() => expect(worker.messages).toHaveLength(connect + frames + 1), patient);
  expect(lines.filter((line) => line.code === CLOSE.unavailable)).toEqual([
    expect.objectContaining({ level: 30, room, user: "u-mallory", connection: `s1/${mallory.consumer.id}` }),
  ]);
  // What is committed makes room again.
  for (const { partition, id } of worker.entries) worker.link.acknowledge(partition, [id]);
  const again = { outlet: recordingOutlet() };
  consumers.add(admissionTo(room, "mallory"), again.outlet).receive(payload);
  expect(again.outlet.closed).toBeNull();
});

test("[P1] a state is kept for whoever joins next; one that is not here any more is asked for again", async () => {
  const connects = () => worker.messages.flatMap((message) => (message.type === "connect" ? [message] : []));
  const add = async (name: string) => {
    const [outlet, before] = [recordingOutlet(), worker.messages.length];
    const consumer = consumers.add(admissionTo(room, name), outlet);
    await vi.waitFor(() => expect(worker.messages).toHaveLength(before + 1), patient);
    return { consumer, outlet };
  };
  const tell = (to: number, id: string, bytes: Uint8Array | null) => {
    const payloads = [Uint8Array.of(0), Uint8Array.of(5)];
    worker.link.deliver("s1", [{ type: "forward", room, to: [to], payloads, state: { at: 1, id, term: null, bytes } }]);
  };
  const frames = (outlet: Connected["outlet"]) =>
    outlet.sent.flatMap(({ payloads }) => payloads.map((pieces) => Buffer.concat(pieces)));
  const ana = await add("ana");
  tell(ana.consumer.id, "s1", Uint8Array.of(1, 2, 3));
  await vi.waitFor(() => expect(ana.outlet.sent).toHaveLength(1), patient);
  const ben = await add("ben");
  tell(ben.consumer.id, "s1", null);
  await vi.waitFor(() => expect(ben.outlet.sent).toHaveLength(1), patient);
  expect(connects().map(({ state }) => state)).toEqual([null, "s1"]);
  for (const { outlet } of [ana, ben]) expect(frames(outlet)).toEqual([Buffer.of(0), Buffer.of(1, 2, 3, 5)]);

  tell(ben.consumer.id, "another", null);
  await vi.waitFor(() => expect(connects()).toHaveLength(3), patient);
  expect(connects().at(-1)).toMatchObject({ connection: ben.consumer.id, resync: true, state: "s1" });
  expect(ben.outlet.sent).toHaveLength(1);

  for (const { consumer } of [ana, ben]) consumer.end();
  await vi.waitFor(() => expect(worker.messages).toHaveLength(5), patient);
  await add("cem");
  expect(connects().at(-1)?.state).toBeNull();
});

test("[R18] who opens a document that is all here has it at once; the worker says the rest", async () => {
  const question = encodeStep1(Uint8Array.of(0));
  const open = async () => {
    const outlet = recordingOutlet();
    const consumer = consumers.add(admissionTo(room, "somebody"), outlet);
    for (let frame = 0; frame < 2; frame++) consumer.receive(question);
    const told = outlet.sent.map((outgoing) => outgoing.bytes);
    const said = () =>
      worker.messages.flatMap((message) =>
        message.type === "receive" && message.connection === consumer.id ? [message.answered] : [],
      );
    await vi.waitFor(() => expect(said()).toHaveLength(2), patient);
    return { told, answered: said() };
  };
  const tell = async (to: number[] | "all", payload: number, state?: StatePart) => {
    const before = ana.outlet.sent.length;
    worker.link.deliver("s1", [
      { type: "forward", room, to, payloads: [Uint8Array.of(payload)], ...(state && { state }) },
    ]);
    await vi.waitFor(() => expect(ana.outlet.sent).toHaveLength(before + 1), patient);
  };
  const byWorker = { told: [], answered: [false, false] };
  const byServer = { told: [3], answered: [true, false] };
  const ana = { outlet: recordingOutlet() };
  const { id } = consumers.add(admissionTo(room, "ana"), ana.outlet);
  await vi.waitFor(() => expect(worker.messages).toHaveLength(1), patient);
  const own = (term: string) =>
    layer.announce({ type: "owner", channel: "yroom", owned: [{ partition: partitionOf(room), term: `${term}.1` }] });
  const states = () => consumers.states.idOf(room);
  await own("w1.1");
  await vi.waitFor(() => expect(worker.messages.at(-1)).toMatchObject({ type: "connect", resync: true }), patient);
  expect(await open()).toEqual(byWorker);
  const bytes = Uint8Array.of(1, 2, 3);
  for (const [number, term] of [null, "w1", "w1.2", "w2.1"].entries()) {
    await tell([id], 1, { at: 0, id: `s${number}`, term, bytes });
    expect(states()).toBe(`s${number}`);
    expect(await open()).toEqual(byWorker);
  }
  const late = { type: "forward" as const, room, to: [999], payloads: [Uint8Array.of(1)] };
  worker.link.deliver("s1", [{ ...late, state: { at: 0, id: "late", term: "w1.1", bytes } }]);
  await vi.waitFor(() => expect(states()).toBe("late"));
  expect(await open()).toEqual(byWorker);
  await tell([id], 1, { at: 0, id: "s1", term: "w1.1", bytes });
  expect(await open()).toEqual(byServer);
  await tell("all", 1);
  expect(await open()).toEqual(byServer);
  await tell("all", 0);
  expect(await open()).toEqual(byWorker);
  await tell([id], 1, { at: 0, id: "s1", term: "w1.1", bytes: null });
  expect(await open()).toEqual(byServer);
  await own("w2.1");
  await vi.waitFor(() => expect(worker.messages.at(-1)).toMatchObject({ type: "connect", resync: true }), patient);
  expect(await open()).toEqual(byWorker);
});

test("[R18] a state is no answer while somebody here may not be known to the worker yet", async () => {
  const own = (term: string) =>
    layer.announce({ type: "owner", channel: "yroom", owned: [{ partition: partitionOf(room), term }] });
  const join = (name: string): Connected => {
    const outlet = recordingOutlet();
    return { outlet, consumer: consumers.add(admissionTo(room, name), outlet) };
  };
  await own("w1.1.1");
  join("mia");
  // Within a second of the last resync of the partition: Mia is made known later.
  await own("w2.1.1");
  const nils = join("nils");
  nils.consumer.receive(encodeStep1(Uint8Array.of(0)));
  const state = { at: 0, id: "S1", term: "w2.1", bytes: Uint8Array.of(0, 1, 1, 9) };
  worker.link.deliver("s1", [{ type: "forward", room, to: [nils.consumer.id], payloads: [new Uint8Array()], state }]);
  await vi.waitFor(() => expect(nils.outlet.sent).toHaveLength(1));
  // The worker has nobody on this server now, and tells it no edit.
  nils.consumer.end();
  const olga = join("olga");
  olga.consumer.receive(encodeStep1(Uint8Array.of(0)));
  const received = () =>
    worker.messages.find((said) => said.type === "receive" && said.connection === olga.consumer.id);
  await vi.waitFor(() => expect(received()).toMatchObject({ answered: false }));
});

test("[R17] what a worker has called a connection's own is told here at once, and passed on as told", async () => {
  Object.assign(LIMITS, { quietTime: 0 });
  onTestFinished(() => void Object.assign(LIMITS, { quietTime }));
  const [ana, ben, cem] = [room, room, "prosemirror.other"].map((name, index) => {
    const outlet = recordingOutlet();
    return { outlet, consumer: consumers.add(admissionTo(name, `person ${index}`), outlet) };
  }) as [Connected, Connected, Connected];
  const cursor = (clock: number) => encodeAwareness(encodeEntries([{ client: 7, clock, state: "{}" }]));
  worker.link.deliver("s1", [
    {
      type: "own",
      clients: [
        [ana.consumer.id, 7],
        [999, 8],
      ],
    },
  ]);
  let clock = 0;
  await vi.waitFor(() => {
    ana.consumer.receive(cursor(++clock));
    expect(ben.outlet.sent).not.toEqual([]);
  });
  ben.consumer.receive(cursor(clock + 1));
  const relayed = (consumer: Consumer) =>
    worker.messages.flatMap((message) =>
      message.type === "receive" && message.connection === consumer.id ? [message.relayed] : [],
    );
  await vi.waitFor(() => expect(relayed(ben.consumer)).toEqual([false]));
  expect(relayed(ana.consumer)).toHaveLength(clock);
  expect(relayed(ana.consumer)[0]).toBe(false);
  expect(relayed(ana.consumer).at(-1)).toBe(true);
  expect(ana.outlet.sent).toEqual(ben.outlet.sent);
  expect(cem.outlet.sent).toEqual([]);
});
