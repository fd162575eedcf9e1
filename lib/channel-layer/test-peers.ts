// A server and a worker that only write down what reaches them, and what the tests of the channel layer say of it.
import type { Announcement, LogEntry, RoomMessage, ServerMessage } from "#lib/messages.ts";
import { partitionOf } from "#lib/partition.ts";
import type { ChannelLayer, ServerLink, WorkerLink } from "./channel-layer.ts";

export class TestServer {
  messages: ServerMessage[] = [];
  announcements: Announcement[] = [];
  gaps = 0;
  lost: Error[] = [];
  losses: { concerns: (channel: string, room: string) => boolean }[] = [];
  onMessages: (messages: ServerMessage[]) => void = () => {};

  static async start(layer: ChannelLayer, id: string): Promise<TestServer & { link: ServerLink }> {
    const server = new TestServer();
    const link = await layer.server(id, {
      onMessages: (messages) => {
        server.messages.push(...messages);
        server.onMessages(messages);
      },
      onAnnouncement: (announcement) => server.announcements.push(announcement),
      onGap: () => server.gaps++,
      onLost: (error, concerns) => {
        server.lost.push(error);
        server.losses.push({ concerns });
      },
    });
    return Object.assign(server, { link });
  }
}

export class TestWorker {
  entries: LogEntry[] = [];
  gaps = 0;
  reads = 0;
  /** Replaced by tests that slow the worker down or make it fail. */
  onEntries: (entries: LogEntry[]) => Promise<void> = async () => {};

  static async start(layer: ChannelLayer, id: string, channel = "test"): Promise<TestWorker & { link: WorkerLink }> {
    const worker = new TestWorker();
    const link = await layer.worker(id, channel, {
      onEntries: async (entries) => {
        worker.reads++;
        worker.entries.push(...entries);
        await worker.onEntries(entries);
      },
      onGap: () => worker.gaps++,
    });
    return Object.assign(worker, { link });
  }

  get messages(): RoomMessage[] {
    return this.entries.flatMap((entry) => entry.messages);
  }
}

export const room = "prosemirror.one";
export const partition = partitionOf(room);
export const range = (length: number, from = 1) => Array.from({ length }, (_, index) => index + from);
export const sequences = (messages: RoomMessage[]) =>
  messages.map((message) => ("sequence" in message ? message.sequence : 0));
/** Resolves in the next turn of the event loop. */
export const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Buffers and plain arrays of bytes compare as equal; comparing 5 MB item by item would take seconds. */
export function plain(message: RoomMessage | ServerMessage): unknown {
  const bytes = (value: Uint8Array) => Buffer.from(value).toString("latin1");
  if (message.type === "receive") return { ...message, payload: bytes(message.payload) };
  if (message.type === "forward") {
    const { state, payloads, ...rest } = message;
    const known = state && { ...state, bytes: state.bytes && bytes(state.bytes) };
    return { ...rest, payloads: payloads.map(bytes), state: known };
  }
  if (message.type === "response") return { ...message, body: bytes(message.body) };
  return message;
}
