// Clients that only join: they ask for everything, apply it to a document of their own, and note how long that took.
import { applyUpdate, Doc } from "yjs";
import { decodeFrame, encodeHello, encodeUpdate } from "./dialects.ts";
import type { Seat } from "./member.ts";
import { LoadSocket } from "./socket.ts";

export interface JoinCommand {
  seats: Seat[];
  /** Give up after ms. */
  patience?: number;
}

export interface Joined {
  /** ms from opening the connection until the answer to step 1 was there, per seat. */
  synced: number[];
  /** Bytes of the first seat's answer, and what it says: the clock of each client. */
  bytes: number;
  clocks: Map<number, number>;
  /** Length of the text "text" that it holds. */
  textLength: number;
}

/** All at once. Rejects if one is refused or has to wait for longer than `patience`. */
export async function joinAll({ seats, patience = 60_000 }: JoinCommand): Promise<Joined> {
  const answers = await Promise.all(seats.map((seat) => join(seat, patience)));
  const [first] = answers;
  const doc = new Doc();
  if (first) applyUpdate(doc, first.update);
  const clocks = new Map([...doc.store.clients].map(([client, structs]) => [client, endOf(structs)]));
  const textLength = doc.getText("text").length;
  doc.destroy();
  for (const { socket } of answers) socket.close();
  const different = answers.filter(({ update }) => update.length < (first?.update.length ?? 0) / 2).length;
  if (different > 0) throw new Error(`${different} of ${answers.length} got less than half of the document`);
  return { synced: answers.map(({ took }) => took), bytes: first?.update.length ?? 0, clocks, textLength };
}

function endOf(structs: { id: { clock: number }; length: number }[]): number {
  const last = structs.at(-1);
  return last ? last.id.clock + last.length : 0;
}

function join(seat: Seat, patience: number): Promise<{ took: number; update: Uint8Array; socket: LoadSocket }> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const timer = setTimeout(() => reject(new Error(`no answer within ${patience} ms`)), patience);
    const socket = new LoadSocket(seat, {
      onOpen: () => {
        for (const frame of encodeHello(seat.dialect, seat.room)) socket.send(frame);
      },
      onFrame: (frame) => {
        for (const heard of decodeFrame(seat.dialect, frame)) {
          if (heard.kind !== "step 2") continue;
          const took = performance.now() - started;
          clearTimeout(timer);
          resolve({ took, update: Uint8Array.from(heard.body), socket });
        }
      },
      onClose: (code, reason) => {
        clearTimeout(timer);
        reject(new Error(`the server closed the connection: ${code} ${reason}`));
      },
    });
  });
}

export interface FillCommand {
  seat: Seat;
  update: Uint8Array;
}

/** Sends one update into a room, and resolves when a client that joins afterwards gets something of its size. */
export async function fill({ seat, update }: FillCommand): Promise<void> {
  const socket = new LoadSocket(seat, {
    onOpen: () => {
      for (const frame of encodeHello(seat.dialect, seat.room)) socket.send(frame);
      socket.send(encodeUpdate(seat.dialect, seat.room, update));
    },
    onFrame: () => {},
    onClose: () => {},
  });
  const deadline = performance.now() + 30_000;
  for (let bytes = 0; bytes < update.length * 0.9; ) {
    if (performance.now() > deadline) throw new Error(`the room has ${bytes} of ${update.length} bytes`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    ({ bytes } = await joinAll({ seats: [seat] }));
  }
  socket.close();
}
