// Messages of the channel layer as bytes, for transports that carry bytes. A batch repeats no string: the first use
// of a room's name or a user's id writes it, later ones its number. Payloads stay as they are; decoded ones are views
// into the input. Nothing here knows what a payload means.
import { z } from "zod";
import { type BatchReader, BatchWriter, CodecError, decodeBatch } from "#lib/batch-bytes.ts";
import type { Announcement, ClientOptions, RoomMessage, ServerMessage, StatePart } from "#lib/messages.ts";
import { processReport } from "#lib/reports.ts";

const ROOM = { connect: 0, receive: 1, disconnect: 2, request: 3 } as const;
const SERVER = { forward: 0, close: 1, response: 2, saved: 3, own: 6 } as const;
/** A `forward` with a state that is there, or named. */
const [WITH_STATE, WITH_KNOWN_STATE] = [4, 5];
/** What the flags of a `connect` say besides the client's options. */
const [RESYNC, HAS_STATE] = [8, 32];
/** And those of a `receive`. */
const [RELAYED, ANSWERED] = [8, 32];

export function encodeRoomMessages(messages: RoomMessage[]): Uint8Array {
  const writer = new BatchWriter();
  for (const message of messages) {
    writer.uint(ROOM[message.type]);
    writer.name(message.room);
    switch (message.type) {
      case "connect":
        writer.uint(message.connection);
        writer.name(message.member.id);
        writer.name(message.member.name);
        writer.uint(message.member.color);
        writer.uint(
          encodeOptions(message.options) | (message.resync ? RESYNC : 0) | (message.state === null ? 0 : HAS_STATE),
        );
        if (message.state !== null) writer.name(message.state);
        break;
      case "receive":
        writer.uint(message.connection);
        writer.uint(message.sequence);
        writer.name(message.userId);
        writer.uint(
          encodeOptions(message.options) | (message.relayed ? RELAYED : 0) | (message.answered ? ANSWERED : 0),
        );
        writer.bytes(message.payload);
        break;
      case "disconnect":
        writer.uint(message.connection);
        writePairs(writer, message.clients);
        break;
      case "request":
        writer.uint(message.request);
        writer.name(message.method);
        writer.text(message.args);
        writer.bytes(message.bytes);
        break;
    }
  }
  return writer.end();
}

/** Throws a CodecError. */
export function decodeRoomMessages(bytes: Uint8Array): RoomMessage[] {
  return decodeBatch(bytes, (reader) => {
    const type = reader.uint();
    const room = reader.name();
    switch (type) {
      case ROOM.connect: {
        const connection = reader.uint();
        const member = { id: reader.name(), name: reader.name(), color: reader.uint() };
        const flags = reader.uint();
        const state = (flags & HAS_STATE) === 0 ? null : reader.name();
        const options = decodeOptions(flags & ~HAS_STATE);
        return { type: "connect", room, connection, member, options, resync: (flags & RESYNC) !== 0, state };
      }
      case ROOM.receive: {
        const [connection, sequence, userId, flags] = [reader.uint(), reader.uint(), reader.name(), reader.uint()];
        const told = { relayed: (flags & RELAYED) !== 0, answered: (flags & ANSWERED) !== 0 };
        const options = decodeOptions(flags & ~ANSWERED);
        return { type: "receive", room, connection, sequence, userId, options, ...told, payload: reader.bytes() };
      }
      case ROOM.disconnect:
        return { type: "disconnect", room, connection: reader.uint(), clients: readPairs(reader) };
      case ROOM.request:
        return {
          type: "request",
          room,
          request: reader.uint(),
          method: reader.name(),
          args: reader.text(),
          bytes: reader.bytes(),
        };
      default:
        throw new CodecError(`unknown room message ${type}`);
    }
  });
}

/** In pieces, since a delivery may hold a whole document; one behind the other they are what `decodeServerMessages` takes. */
export function encodeServerMessages(messages: ServerMessage[]): Uint8Array[] {
  const writer = new BatchWriter();
  for (const message of messages) {
    writer.uint(serverType(message));
    switch (message.type) {
      case "forward":
        writer.name(message.room);
        writer.targets(message.to);
        if (message.state) {
          writer.uint(message.state.at);
          writer.name(message.state.id);
          writer.name(message.state.term ?? "");
          if (message.state.bytes) writer.bytes(message.state.bytes);
        }
        writer.uint(message.payloads.length);
        for (const payload of message.payloads) writer.bytes(payload);
        break;
      case "close":
        writer.name(message.room);
        writer.targets(message.to);
        writer.uint(message.code);
        writer.name(message.reason);
        break;
      case "saved":
        writePairs(writer, message.frames);
        break;
      case "own":
        writePairs(writer, message.clients);
        break;
      case "response":
        writer.uint(message.request);
        // 0: no error, so that an empty error text stays one.
        writer.uint(message.error === null ? 0 : 1);
        if (message.error !== null) writer.text(message.error);
        writer.bytes(message.body);
        break;
    }
  }
  return writer.pieces();
}

function serverType(message: ServerMessage): number {
  if (message.type !== "forward" || !message.state) return SERVER[message.type];
  return message.state.bytes ? WITH_STATE : WITH_KNOWN_STATE;
}

/** Throws a CodecError. */
export function decodeServerMessages(bytes: Uint8Array): ServerMessage[] {
  return decodeBatch(bytes, (reader) => {
    const type = reader.uint();
    switch (type) {
      case SERVER.forward:
      case WITH_STATE:
      case WITH_KNOWN_STATE: {
        const room = reader.name();
        const to = reader.targets();
        const state = type === SERVER.forward ? null : decodeState(reader, type === WITH_STATE);
        const payloads: Uint8Array[] = [];
        for (let rest = reader.uint(); rest > 0; rest--) payloads.push(reader.bytes());
        return { type: "forward", room, to, payloads, ...(state && { state }) };
      }
      case SERVER.close:
        return {
          type: "close",
          room: reader.name(),
          to: reader.targets(),
          code: reader.uint(),
          reason: reader.name(),
        };
      case SERVER.saved:
        return { type: "saved", frames: readPairs(reader) };
      case SERVER.own:
        return { type: "own", clients: readPairs(reader) };
      case SERVER.response: {
        const request = reader.uint();
        const error = reader.uint() === 0 ? null : reader.text();
        return { type: "response", request, error, body: reader.bytes() };
      }
      default:
        throw new CodecError(`unknown server message ${type}`);
    }
  });
}

function writePairs(writer: BatchWriter, pairs: [number, number][]): void {
  writer.uint(pairs.length);
  for (const [first, second] of pairs) {
    writer.uint(first);
    writer.uint(second);
  }
}

function readPairs(reader: BatchReader): [number, number][] {
  const pairs: [number, number][] = [];
  for (let rest = reader.uint(); rest > 0; rest--) pairs.push([reader.uint(), reader.uint()]);
  return pairs;
}

function decodeState(reader: BatchReader, isWhole: boolean): StatePart {
  return { at: reader.uint(), id: reader.name(), term: reader.name() || null, bytes: isWhole ? reader.bytes() : null };
}

const text = z.string();
const number = z.int().nonnegative();
const announcement = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("owner"),
    channel: text,
    owned: z.array(z.object({ partition: number, term: text })),
  }),
  z.object({
    type: z.literal("notice"),
    room: text,
    notice: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("renamed"), title: text, by: text }),
      z.object({ kind: z.literal("trashed"), by: text }),
    ]),
  }),
  z.object({ type: z.literal("process"), report: processReport }),
  z.object({
    type: z.literal("close"),
    room: text.nullable(),
    userId: text.nullable(),
    code: number,
    reason: text,
  }),
]) satisfies z.ZodType<Announcement>;

/** JSON, as announcements are few and small. */
export function encodeAnnouncement(message: Announcement): Uint8Array {
  return Buffer.from(JSON.stringify(message));
}

/** Throws a CodecError. */
export function decodeAnnouncement(bytes: Uint8Array): Announcement {
  try {
    return announcement.parse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
  } catch (error) {
    throw new CodecError(`not an announcement: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function encodeOptions(options: ClientOptions): number {
  return (
    (options.allowWrite ? 1 : 0) |
    (options.allowWriteAwareness ? 2 : 0) |
    (options.extended ? 4 : 0) |
    (options.framing === "hocuspocus" ? 16 : 0)
  );
}

/** All there are: one for each message would be most of what decoding it costs. 8 is not theirs. */
const OPTIONS: readonly ClientOptions[] = Array.from({ length: 32 }, (_, flags) =>
  Object.freeze<ClientOptions>({
    allowWrite: (flags & 1) !== 0,
    allowWriteAwareness: (flags & 2) !== 0,
    extended: (flags & 4) !== 0,
    framing: (flags & 16) === 0 ? "y-websocket" : "hocuspocus",
  }),
);

function decodeOptions(flags: number): ClientOptions {
  const options = OPTIONS[flags];
  if (!options) throw new CodecError(`unknown options ${flags}`);
  return options;
}
