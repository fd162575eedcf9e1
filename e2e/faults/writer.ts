// Somebody who writes words into a document over a bare socket: an extended client that counts what it was told is
// SAVED, shows a cursor, and connects again by itself. Speaks the protocol of docs/protocol.md and knows no editor.
import WebSocket from "ws";
import * as awareness from "y-protocols/awareness";
import * as Y from "yjs";
import {
  decodeFrame,
  encodeAwareness,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
  type FrameMessage,
} from "#lib/frames.ts";
import { mayRetry } from "#lib/protocol.ts";

/** ms from the end of a connection until the next attempt. */
const RETRY = 150;

export interface WriterOptions {
  /** http:// addresses; the next one is tried whenever a connection ends. */
  urls: string[];
  documentId: string;
  /** Every word begins with it. */
  name: string;
  cookie: string;
}

/** All words of all paragraphs. */
export function wordsOf(doc: Y.Doc): Set<string> {
  const words = new Set<string>();
  for (const node of doc.getXmlFragment("prosemirror").toArray()) {
    if (!(node instanceof Y.XmlElement)) continue;
    const text = node.toArray().map(String).join("");
    for (const word of text.split(" ")) if (word !== "") words.add(word);
  }
  return words;
}

export class Writer {
  readonly doc = new Y.Doc();
  readonly awareness = new awareness.Awareness(this.doc);
  readonly typed: string[] = [];
  /** So many of the words typed, from the first on, were called SAVED. */
  savedWords = 0;
  savedFrames = 0;
  /** Close codes, 1006 included. */
  readonly closes: number[] = [];
  /** Client ids whose awareness a server took away, as opposed to running out here. */
  readonly removed = new Map<number, number>();
  /** The server has told the state of the document on this connection. */
  isSynced = false;
  readonly #options: WriterOptions;
  #paragraph: Y.XmlText | null = null;
  #socket: WebSocket | null = null;
  #attempts = 0;
  /** For each frame sent on this connection: how many words are SAVED if it is. */
  #frames: number[] = [];
  #isClosed = false;

  constructor(options: WriterOptions) {
    this.#options = options;
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.#sendEdits(encodeUpdate(update));
    });
    this.awareness.on("update", (changes: { added: number[]; updated: number[]; removed: number[] }, from: unknown) => {
      if (from === this) for (const client of changes.removed) this.removed.set(client, Date.now());
      else if (from === "local") this.#sendAwareness();
    });
    this.awareness.setLocalState({ cursor: 0 });
    this.#connect();
  }

  get name(): string {
    return this.#options.name;
  }

  get words(): Set<string> {
    return wordsOf(this.doc);
  }

  /** Words of others. */
  get received(): string[] {
    return [...this.words].filter((word) => !word.startsWith(`${this.name}.`));
  }

  /** Words of its own that were called SAVED. */
  get saved(): string[] {
    return this.typed.slice(0, this.savedWords);
  }

  type(): void {
    const word = `${this.name}.${this.typed.length}`;
    this.typed.push(word);
    this.doc.transact(() => {
      if (!this.#paragraph) {
        const paragraph = new Y.XmlElement("paragraph");
        this.doc.getXmlFragment("prosemirror").push([paragraph]);
        this.#paragraph = new Y.XmlText();
        paragraph.push([this.#paragraph]);
      }
      this.#paragraph.insert(this.#paragraph.length, `${word} `);
    });
    this.awareness.setLocalState({ cursor: this.typed.length });
  }

  /** Types a word every `pace` ms until the answered function is called. */
  keepTyping(pace: number): () => void {
    const timer = setInterval(() => this.type(), pace);
    return () => clearInterval(timer);
  }

  /** Ends the connection without a word, so that the next address is tried. */
  giveUp(): void {
    this.#socket?.terminate();
  }

  close(): void {
    this.#isClosed = true;
    this.#socket?.terminate();
    this.awareness.destroy();
  }

  #connect(): void {
    const url = this.#options.urls[this.#attempts++ % this.#options.urls.length] ?? "";
    const address = `${url.replace(/^http/, "ws")}/ws/prosemirror/${this.#options.documentId}?yroom=1`;
    const headers = { cookie: this.#options.cookie, origin: url };
    const socket = new WebSocket(address, { headers, handshakeTimeout: 3_000, perMessageDeflate: false });
    this.#socket = socket;
    this.isSynced = false;
    socket.on("open", () => {
      this.#frames = [];
      this.#send(encodeStep1(Y.encodeStateVector(this.doc)));
      this.#sendAwareness();
    });
    socket.on("message", (bytes: Buffer) => {
      if (this.#socket !== socket || this.#isClosed) return;
      for (const message of decodeFrame(bytes)) this.#receive(message);
    });
    socket.on("error", () => {});
    socket.on("close", (code) => {
      this.closes.push(code);
      this.isSynced = false;
      this.#forgetOthers();
      if (!this.#isClosed && mayRetry(code)) setTimeout(() => this.#isClosed || this.#connect(), RETRY);
    });
  }

  /** Whoever is still there is told of with the next connection. */
  #forgetOthers(): void {
    const others = [...this.awareness.getStates().keys()].filter((client) => client !== this.doc.clientID);
    awareness.removeAwarenessStates(this.awareness, others, "lost");
    for (const client of others) this.awareness.meta.delete(client);
  }

  #receive(message: FrameMessage): void {
    switch (message.type) {
      case "step1":
        this.#sendEdits(encodeStep2(Y.encodeStateAsUpdate(this.doc, message.stateVector)));
        break;
      case "step2":
      case "update":
        this.isSynced ||= message.type === "step2";
        Y.applyUpdate(this.doc, message.update, this);
        break;
      case "awareness":
        awareness.applyAwarenessUpdate(this.awareness, message.update, this);
        break;
      case "queryAwareness":
        this.#sendAwareness();
        break;
      case "saved":
        this.savedFrames++;
        this.savedWords = Math.max(this.savedWords, this.#frames[message.sequence - 1] ?? 0);
    }
  }

  #sendAwareness(): void {
    this.#send(encodeAwareness(awareness.encodeAwarenessUpdate(this.awareness, [this.doc.clientID])));
  }

  #sendEdits(frame: Uint8Array): void {
    this.#send(frame, this.typed.length);
  }

  /** `holds`: every word up to this one is in the frame or builds on what is in it. */
  #send(frame: Uint8Array, holds = this.#frames.at(-1) ?? 0): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#frames.push(holds);
    this.#socket.send(frame);
  }
}
