// For tests only: time that tests move, sockets that they hold, and bytes as they go over the wire.
import { vi } from "vitest";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import type { Clock } from "#app/_collab/clock.ts";
import { Provider, type ProviderOptions, type Socket } from "#app/_collab/provider.ts";
import { decodeFrame, encodeSaved, type FrameMessage } from "#lib/frames.ts";

export class FakeClock implements Clock {
  time = 1_000_000;
  #next = 1;
  #timers = new Map<number, { at: number; run: () => void }>();

  now = () => this.time;

  setTimeout(run: () => void, ms: number): number {
    this.#timers.set(this.#next, { at: this.time + ms, run });
    return this.#next++;
  }

  clearTimeout(handle: unknown): void {
    this.#timers.delete(handle as number);
  }

  /** Runs what is due, in order. */
  pass(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const due = [...this.#timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
      if (!due) break;
      this.#timers.delete(due[0]);
      this.time = Math.max(this.time, due[1].at);
      due[1].run();
    }
    this.time = end;
  }
}

export class FakeSocket implements Socket {
  binaryType = "";
  sent: Uint8Array[] = [];
  closed = false;
  onopen: Socket["onopen"] = null;
  onmessage: Socket["onmessage"] = null;
  onclose: Socket["onclose"] = null;

  send(data: Uint8Array): void {
    this.sent.push(data.slice());
  }

  close(): void {
    this.closed = true;
  }

  /** A frame from the server. */
  receive(...bytes: (Uint8Array | number[])[]): void {
    const frame = Uint8Array.from(bytes.flatMap((part) => [...part]));
    this.onmessage?.({ data: frame.buffer });
  }

  get messages(): FrameMessage[] {
    return this.sent.flatMap((frame) => [...decodeFrame(frame)]);
  }

  get types(): string[] {
    return this.messages.map((message) => message.type);
  }
}

/** A provider with everything around it fake. Call `stop` at the end. */
export function createFakeRoom(options: Partial<ProviderOptions> = {}) {
  const clock = new FakeClock();
  const sockets: FakeSocket[] = [];
  const doc = new Y.Doc();
  doc.clientID = 1;
  const awareness = new Awareness(doc);
  const notices: unknown[] = [];
  const onChange = vi.fn();
  const provider = new Provider({
    url: "ws://test/ws/prosemirror/1?yroom=1&schema=1",
    doc,
    awareness,
    clock,
    random: () => 1,
    online: () => true,
    onChange,
    onNotice: (notice) => notices.push(notice),
    createSocket: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    ...options,
  });
  return {
    clock,
    sockets,
    doc,
    awareness,
    notices,
    onChange,
    provider,
    text: doc.getText("t"),
    get socket(): FakeSocket {
      const last = sockets.at(-1);
      if (!last) throw new Error("no socket was made");
      return last;
    },
    stop(): void {
      provider.destroy();
      awareness.destroy();
    },
  };
}

export const EMPTY_STEP1 = [0, 0, 1, 0];
export const EMPTY_STEP2 = [0, 1, 2, 0, 0];

/** Opens the socket and lets both sides greet each other, up to the acknowledgement. */
export function greet(room: ReturnType<typeof createFakeRoom>): void {
  room.socket.onopen?.();
  room.socket.receive(EMPTY_STEP1);
  room.socket.receive(EMPTY_STEP2);
  room.socket.receive(encodeSaved(3));
}
