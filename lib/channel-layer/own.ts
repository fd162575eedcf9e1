// Copies of messages that nobody can change any more, for the layer that hands objects over without encoding them.
// Payloads that enter the log are copied too; those towards servers are shared, as encoded states can be large and
// nobody may write into a payload.
import type { Announcement, RoomMessage, ServerMessage } from "#lib/messages.ts";

export function ownRoomMessage(message: RoomMessage): RoomMessage {
  switch (message.type) {
    case "connect":
      return Object.freeze({
        ...message,
        member: Object.freeze({ ...message.member }),
        options: Object.freeze({ ...message.options }),
      });
    case "receive":
      return Object.freeze({
        ...message,
        options: Object.freeze({ ...message.options }),
        payload: new Uint8Array(message.payload),
      });
    case "request":
      return Object.freeze({ ...message, bytes: new Uint8Array(message.bytes) });
    case "disconnect":
      return Object.freeze({ ...message, clients: freezeArray([...message.clients]) });
  }
}

export function ownServerMessage(message: ServerMessage): ServerMessage {
  switch (message.type) {
    case "forward":
      return Object.freeze({ ...message, to: ownTargets(message.to), payloads: freezeArray([...message.payloads]) });
    case "close":
      return Object.freeze({ ...message, to: ownTargets(message.to) });
    case "saved":
      return Object.freeze({ ...message, frames: freezeArray([...message.frames]) });
    case "own":
      return Object.freeze({ ...message, clients: freezeArray([...message.clients]) });
    case "response":
      return Object.freeze({ ...message });
  }
}

export function ownAnnouncement(announcement: Announcement): Announcement {
  if (announcement.type === "process") return Object.freeze({ ...announcement, report: { ...announcement.report } });
  if (announcement.type !== "notice") return Object.freeze({ ...announcement });
  return Object.freeze({ ...announcement, notice: Object.freeze({ ...announcement.notice }) });
}

function ownTargets(to: number[] | "all"): number[] | "all" {
  return to === "all" ? to : freezeArray([...to]);
}

/** The union's arrays are mutable by type; freezing does not change the type here on purpose. */
function freezeArray<Item>(items: Item[]): Item[] {
  Object.freeze(items);
  return items;
}
