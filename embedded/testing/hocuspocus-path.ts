// For tests only: the whole path with Hocuspocus framing, in one process; the real HocuspocusProvider and bare sockets as
// clients. full-path.ts says what is real and what is not.
import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import WebSocket from "ws";
import * as Y from "yjs";
import { CLOSE } from "#lib/protocol.ts";
import { createHocuspocusGate } from "#server/gates/hocuspocus.ts";
import { createMemoryStorage } from "#worker/storage/memory.ts";
import { fromHex, toHex } from "#worker/testing/hex.ts";
import { admitted, startFullPath } from "./full-path.ts";

/** The token is `<name>[:readonly]`; the document "private" and no name at all are refused. */
const gate = createHocuspocusGate({
  path: "/ws/hocuspocus",
  admit: async (_request, _url, address, token) => {
    const [name = "", mode] = token.split(":");
    if (address === "private") return { code: CLOSE.noAccess, reason: "private" };
    if (name === "") return { code: CLOSE.signedOut, reason: "not signed in" };
    const allowWrite = mode !== "readonly";
    const options = { allowWrite, allowWriteAwareness: true, extended: true, framing: "hocuspocus" } as const;
    return admitted(`tiptap.${address.split("\0")[0]}`, name, options);
  },
  onStateless: (payload, { member }, reply) => reply(`${member.name} said ${payload}`),
});

export type HocuspocusPath = Awaited<ReturnType<typeof startHocuspocus>>;

/** To be stopped by `path.stop`. */
export async function startHocuspocus() {
  /** Appends wait for it. */
  let held: Promise<void> | null = null;
  const memory = createMemoryStorage();
  const storage: typeof memory = {
    ...memory,
    append: async (rows) => {
      await held;
      return memory.append(rows);
    },
  };
  const path = await startFullPath([gate], storage);

  /** Holds every commit; answers what lets them go on. */
  function hold(): () => void {
    let release = () => {};
    held = new Promise((resolve) => {
      release = resolve;
    });
    return release;
  }

  function openSocket(): HocuspocusProviderWebsocket {
    const socket = new HocuspocusProviderWebsocket({
      url: `${path.url}/ws/hocuspocus`,
      WebSocketPolyfill: WebSocket,
      delay: 50,
      minDelay: 50,
    });
    path.onStop(() => socket.destroy());
    return socket;
  }

  function join(name: string, token: string, websocketProvider = openSocket(), sessionAwareness = false) {
    const document = new Y.Doc();
    const closes: string[] = [];
    const stateless: string[] = [];
    const denied: string[] = [];
    const provider = new HocuspocusProvider({
      websocketProvider,
      name,
      token,
      document,
      sessionAwareness,
      onClose: ({ event }) => closes.push(`${event.code} ${event.reason}`),
      onStateless: ({ payload }) => stateless.push(payload),
      onAuthenticationFailed: ({ reason }) => denied.push(reason),
    });
    provider.attach();
    path.onStop(() => provider.destroy());
    const text = document.getText("t");
    return {
      provider,
      document,
      text,
      closes,
      stateless,
      denied,
      socket: websocketProvider,
      type: (words: string) => text.insert(text.length, words),
      isSaved: () => provider.synced && !provider.hasUnsyncedChanges,
    };
  }

  /** A bare socket and the frames that arrive on it, as hex. */
  async function raw() {
    const socket = new WebSocket(`${path.url}/ws/hocuspocus`);
    path.onStop(() => socket.terminate());
    const frames: string[] = [];
    socket.on("message", (data: Buffer) => frames.push(toHex(data)));
    const closed = new Promise<number>((resolve) => socket.once("close", resolve));
    await new Promise((resolve) => socket.once("open", resolve));
    return { socket, frames, closed, send: (hex: string) => socket.send(fromHex(hex.replaceAll(" ", ""))) };
  }

  return { path, storage, hold, openSocket, join, raw };
}
