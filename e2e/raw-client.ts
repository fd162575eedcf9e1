// A client that is not ours: y-websocket's own provider on the `ws` package, with the cookie of a login session.
import WebSocket from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { cookieHeader } from "./people.ts";

export interface RawClient {
  doc: Y.Doc;
  provider: WebsocketProvider;
  /** The paragraph texts of the document, joined. */
  text(): string;
  /** Appends to the first paragraph, which is made if there is none. */
  write(text: string): void;
  /** Resolves once the server's state has arrived. */
  synced(limit?: number): Promise<void>;
  close(): void;
}

/** The paragraph texts of a document, one a line. */
export function textOf(doc: Y.Doc): string {
  return doc.getXmlFragment("prosemirror").toArray().map(textWithin).join("\n");
}

function textWithin(node: unknown): string {
  if (node instanceof Y.XmlText)
    return node
      .toDelta()
      .reduce((all: string, { insert }: { insert: unknown }) => all + (typeof insert === "string" ? insert : ""), "");
  return node instanceof Y.XmlElement ? node.toArray().map(textWithin).join("") : "";
}

/** Connects to a document; `url` is the server's http:// address. */
export function connectRaw(url: string, documentId: string, cookies: Map<string, string>): RawClient {
  class Socket extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols ?? [], { headers: { cookie: cookieHeader(cookies), origin: url } });
    }
  }
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${url.replace(/^http/, "ws")}/ws/prosemirror`, documentId, doc, {
    WebSocketPolyfill: Socket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    maxBackoffTime: 250,
  });
  const fragment = doc.getXmlFragment("prosemirror");
  return {
    doc,
    provider,
    text: () => textOf(doc),
    write: (text) => {
      doc.transact(() => {
        let paragraph = fragment
          .toArray()
          .find((node) => node instanceof Y.XmlElement && node.nodeName === "paragraph");
        if (!(paragraph instanceof Y.XmlElement)) {
          paragraph = new Y.XmlElement("paragraph");
          fragment.push([paragraph as Y.XmlElement]);
        }
        const element = paragraph as Y.XmlElement;
        let leaf = element.toArray().find((node) => node instanceof Y.XmlText);
        if (!(leaf instanceof Y.XmlText)) {
          leaf = new Y.XmlText();
          element.push([leaf]);
        }
        leaf.insert(leaf.length, text);
      });
    },
    synced: (limit = 20_000) =>
      new Promise((resolve, reject) => {
        if (provider.synced) return resolve();
        const timer = setTimeout(() => reject(new Error(`no sync within ${limit} ms`)), limit);
        provider.on("sync", (isSynced: boolean) => {
          if (!isSynced) return;
          clearTimeout(timer);
          resolve();
        });
      }),
    close: () => {
      provider.destroy();
      doc.destroy();
    },
  };
}

/** Opens a bare socket, sends a frame if there is one, and answers the code that the server closes it with. */
export function closeCode(
  address: string,
  headers: Record<string, string>,
  { limit = 10_000, send }: { limit?: number; send?: Uint8Array } = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address.replace(/^http/, "ws"), { headers });
    const timer = setTimeout(() => {
      socket.terminate();
      reject(new Error(`${address} was not closed within ${limit} ms`));
    }, limit);
    socket.on("error", reject);
    if (send) socket.on("open", () => socket.send(send));
    socket.on("close", (code) => {
      clearTimeout(timer);
      resolve(code);
    });
  });
}
