// The gate for clients of y-websocket's kind: one socket is one connection of one room, and its frames are the room's.
// A project makes its own with a path and a function that says who comes in; see documents.ts and docs/consumers.md.
import type { IncomingMessage } from "node:http";
import { CLOSE } from "#lib/protocol.ts";
import { roomTypeOf } from "#lib/room-types.ts";
import { type Admission, CROWD, type Refusal, refuse } from "../admission.ts";
import { NamedFrames } from "../named-frames.ts";
import type { Gate } from "./gate.ts";

export interface YWebsocketGateOptions {
  /** The upgrade's path; its named groups say which room is meant. */
  path: RegExp;
  /** Authenticates the client, names the room, grants rights. */
  admit(request: IncomingMessage, url: URL, groups: Record<string, string>): Promise<Admission | Refusal>;
}

export function createYWebsocketGate({ path, admit }: YWebsocketGateOptions): Gate {
  return {
    matches: (pathname) => path.test(pathname),
    admit: async (request, url) => {
      const groups = path.exec(url.pathname)?.groups;
      if (!groups) return refuse(CLOSE.noDocument, "no such room");
      const admission = await admit(request, url, groups);
      if ("code" in admission) return admission;
      return (socket, { consumers, log }) => {
        if (consumers.isCrowd(admission)) {
          const { room, member } = admission;
          log.info({ room, user: member.id, code: CLOSE.tooFast, reason: CROWD }, "connection refused");
          socket.close(CLOSE.tooFast, CROWD);
          return;
        }
        const named = roomTypeOf(admission.room).protocolNamePrefix ? new NamedFrames(socket) : null;
        const consumer = consumers.add(admission, {
          send: (outgoing) => (named ? named.send(outgoing) : socket.write(outgoing.plain())),
          close: (code, reason) => socket.close(code, reason),
          get buffered() {
            return socket.buffered;
          },
        });
        const onFrame = (frame: Uint8Array) => {
          const payload = named ? named.receive(frame) : frame;
          if (payload) consumer.receive(payload);
        };
        socket.listen({ onFrame, onEnd: (closing) => consumer.end(closing) });
      };
    },
  };
}
