// Somebody who sends whatever bytes they like, through either gate, and what becomes of them.
import * as encoding from "lib0/encoding";
import WebSocket from "ws";
import { concat } from "#lib/concat.ts";
import { decodeFrame, type FrameMessage } from "#lib/frames.ts";
import { MESSAGE } from "#server/hocuspocus/frames.ts";
import { cookieHeader } from "../people.ts";

export const gates = ["y-websocket", "Hocuspocus"] as const;
export type GateName = (typeof gates)[number];

export interface AttackOptions {
  url: string;
  documentId: string;
  cookies?: Map<string, string>;
  /** Behind the address, with its question mark. */
  params?: string;
}

export interface Attacker {
  /** The room's name in log lines. */
  room: string;
  socket: WebSocket;
  /** Frames of the document; over Hocuspocus they get its address in front. */
  send(...frames: Uint8Array[]): void;
  /** As they are. */
  sendRaw(...frames: Uint8Array[]): void;
  /** Why the document or the whole socket was closed; null as long as it is not. */
  code(): number | null;
  /** What the room has said, frame by frame, without addresses. */
  said: FrameMessage[];
  end(): void;
}

export const varString = (text: string) => encoding.encode((encoder) => encoding.writeVarString(encoder, text));

function open({ url, cookies, params = "" }: AttackOptions, path: string) {
  const headers = { origin: url, ...(cookies ? { cookie: cookieHeader(cookies) } : {}) };
  const socket = new WebSocket(`${url.replace(/^http/, "ws")}${path}${params}`, { headers, perMessageDeflate: false });
  let code: number | null = null;
  socket.on("close", (closed) => {
    code ??= closed;
  });
  socket.on("error", () => {});
  const sendRaw = (...frames: Uint8Array[]) => {
    for (const frame of frames) if (socket.readyState === WebSocket.OPEN) socket.send(frame);
  };
  const closedWith = (reason: string) => {
    code ??= Number(reason.slice(0, 4));
  };
  return { socket, sendRaw, code: () => code, closedWith, end: () => socket.terminate() };
}

/** Resolves when it can send; over y-websocket that may be before it is refused. */
async function openPlain(options: AttackOptions): Promise<Attacker> {
  const line = open(options, `/ws/prosemirror/${options.documentId}`);
  const said: FrameMessage[] = [];
  line.socket.on("message", (bytes: Buffer) => {
    said.push(...decodeFrame(bytes));
  });
  await new Promise((resolve) => line.socket.once("open", resolve));
  return { ...line, room: `prosemirror.${options.documentId}`, said, send: line.sendRaw };
}

/** Resolves when the document is authenticated. */
async function openHocuspocus(options: AttackOptions): Promise<Attacker> {
  const line = open(options, "/ws/hocuspocus");
  const room = `prosemirror.${options.documentId}`;
  const address = varString(room);
  const said: FrameMessage[] = [];
  const authenticated = new Promise<void>((resolve, reject) => {
    line.socket.once("close", (code) => reject(new Error(`closed with ${code} before the authentication`)));
    line.socket.on("message", (bytes: Buffer) => {
      const message = new Uint8Array(bytes.subarray(address.length));
      if (message[0] === MESSAGE.auth) resolve();
      else if (message[0] === MESSAGE.close) line.closedWith(new TextDecoder().decode(message.subarray(2)));
      else if (bytes.length > 1 && message[0] !== MESSAGE.syncStatus) said.push(...decodeFrame(message));
    });
  });
  const send = (...frames: Uint8Array[]) => line.sendRaw(...frames.map((frame) => concat([address, frame])));
  line.socket.once("open", () => send(concat([Uint8Array.of(MESSAGE.auth, 0), varString(""), varString("4.7.0")])));
  await authenticated;
  return { ...line, room, said, send };
}

/** A way in through that gate, with the document open. */
export function attackThrough(gate: GateName, options: AttackOptions): Promise<Attacker> {
  return gate === "y-websocket" ? openPlain(options) : openHocuspocus(options);
}
