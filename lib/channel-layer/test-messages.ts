// Messages for the tests of the channel layer and of the codec.
import type { ClientOptions, RoomMessage } from "#lib/messages.ts";

const options = (): ClientOptions => ({
  allowWrite: true,
  allowWriteAwareness: true,
  extended: false,
  framing: "y-websocket",
});

export function connectMessage(room: string, connection: number): Extract<RoomMessage, { type: "connect" }> {
  return {
    type: "connect",
    room,
    connection,
    member: { id: "ana", name: "Ana Pérez", color: 3 },
    options: options(),
    resync: false,
    state: null,
  };
}

export function receiveMessage(
  room: string,
  sequence: number,
  payload: Uint8Array = Uint8Array.of(0, 2, sequence & 255),
): Extract<RoomMessage, { type: "receive" }> {
  return {
    type: "receive",
    room,
    connection: 1,
    sequence,
    userId: "ana",
    options: options(),
    relayed: false,
    answered: false,
    payload,
  };
}

export function requestMessage(room: string, request: number): Extract<RoomMessage, { type: "request" }> {
  return { type: "request", room, request, method: "exportText", args: '["text"]', bytes: new Uint8Array() };
}
