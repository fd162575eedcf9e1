// A person in the fuzz: a real Y.Doc with real awareness that speaks our protocol over a pair of queues, types at random
// into every kind of shared type, undoes, moves the cursor, loses the connection and comes back.
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate, removeAwarenessStates } from "y-protocols/awareness";
import * as Y from "yjs";
import { decodeFrame, encodeAwareness, encodeStep1, encodeStep2, encodeUpdate } from "#lib/frames.ts";
import type { Random } from "./random.ts";

/** The ends of a socket; what is on its way is lost when it is cut. */
export interface Line {
  send(frame: Uint8Array): void;
  cut(): void;
}

export class Writer {
  readonly name: string;
  readonly doc = new Y.Doc();
  readonly awareness: Awareness;
  line: Line | null = null;
  /** Own edits that the server called saved, as the clock they reach to. */
  saved = 0;
  edits = 0;
  readonly #random: Random;
  readonly #undo: Y.UndoManager;
  /** Of this connection: frames sent, and the clock after each that held an edit. What was edited before it is sent with
   * the answer to the server's step 1, so that only from then on a clock says what the server has. */
  #frames = 0;
  #answered = false;
  #clocks: [frame: number, clock: number][] = [];
  /** What Awareness does by the real clock: it says that it is here, and forgets who was not heard of for 30 s. */
  readonly #renewal: NodeJS.Timeout;
  #heard = new Map<number, number>();

  constructor(name: string, random: Random) {
    this.name = name;
    this.#random = random;
    this.doc.clientID = random.between(1, 2 ** 31);
    this.awareness = new Awareness(this.doc);
    this.#undo = new Y.UndoManager([this.doc.getText("text"), this.doc.getXmlFragment("xml")], { captureTimeout: 0 });
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.#send(encodeUpdate(update), true);
    });
    this.awareness.on("update", ({ added, updated, removed }: Record<string, number[]>, origin: unknown) => {
      const changed = [added, updated, removed].flatMap((ids) => ids ?? []);
      for (const client of changed) this.#heard.set(client, Date.now());
      if (origin !== this) this.#send(encodeAwareness(encodeAwarenessUpdate(this.awareness, changed)));
    });
    this.#renewal = setInterval(() => {
      this.awareness.setLocalState(this.awareness.getLocalState());
      const silent = this.present().filter((client) => Date.now() - (this.#heard.get(client) ?? 0) > 30_000);
      removeAwarenessStates(this.awareness, silent, this);
    }, 10_000);
  }

  get clock(): number {
    return Y.getState(this.doc.store, this.doc.clientID);
  }

  connected(line: Line): void {
    this.line = line;
    this.#frames = 0;
    this.#answered = false;
    this.#clocks = [];
    this.#send(encodeStep1(Y.encodeStateVector(this.doc)));
    this.#send(encodeAwareness(encodeAwarenessUpdate(this.awareness, [this.doc.clientID])));
  }

  disconnected(): void {
    this.line = null;
    const others = [...this.awareness.getStates().keys()].filter((client) => client !== this.doc.clientID);
    removeAwarenessStates(this.awareness, others, this);
  }

  #send(frame: Uint8Array, isEdit = false): void {
    if (!this.line) return;
    this.#frames++;
    if (isEdit && this.#answered) this.#clocks.push([this.#frames, this.clock]);
    this.line.send(frame);
  }

  receive(frame: Uint8Array): void {
    for (const message of decodeFrame(frame)) {
      switch (message.type) {
        case "step1":
          this.#answered = true;
          this.#send(encodeStep2(Y.encodeStateAsUpdate(this.doc, message.stateVector)), true);
          break;
        case "step2":
        case "update":
          Y.applyUpdate(this.doc, message.update, this);
          break;
        case "awareness":
          applyAwarenessUpdate(this.awareness, message.update, this);
          break;
        case "queryAwareness":
          this.#send(encodeAwareness(encodeAwarenessUpdate(this.awareness, [this.doc.clientID])));
          break;
        case "saved":
          for (const [number, clock] of this.#clocks) {
            if (number <= message.sequence) this.saved = Math.max(this.saved, clock);
          }
          break;
      }
    }
  }

  /** One edit, of a kind by chance. */
  edit(): void {
    this.edits++;
    const random = this.#random;
    const text = this.doc.getText("text");
    const [kind, place] = [random.between(0, 9), random.between(0, text.length)];
    if (kind <= 3) text.insert(place, `${this.name}${this.edits} `);
    else if (kind === 4) text.delete(place, Math.min(random.between(1, 8), text.length - place));
    else if (kind === 5) text.format(place, Math.min(3, text.length - place), { bold: random.chance(0.5) || null });
    else if (kind === 6) this.#editMap();
    else if (kind === 7) this.#editXml();
    else if (kind === 8) this.#editList();
    else if (random.chance(0.7)) this.#undo.undo();
    else this.#undo.redo();
  }

  #editMap(): void {
    const map = this.doc.getMap("map");
    const key = `k${this.#random.between(0, 3)}`;
    if (this.#random.chance(0.3)) map.delete(key);
    else if (this.#random.chance(0.5)) map.set(key, new Y.Map([["by", this.name]]));
    else map.set(key, this.edits);
  }

  #editList(): void {
    const list = this.doc.getArray("list");
    const place = this.#random.between(0, list.length);
    if (place < list.length && this.#random.chance(0.4)) list.delete(place, 1);
    else list.insert(place, [this.edits, new Y.Text(this.name)]);
  }

  #editXml(): void {
    const xml = this.doc.getXmlFragment("xml");
    const place = this.#random.between(0, xml.length);
    const node = place < xml.length ? xml.get(place) : null;
    if (!(node instanceof Y.XmlElement)) xml.insert(place, [new Y.XmlElement("paragraph")]);
    else if (this.#random.chance(0.3)) xml.delete(place, 1);
    else if (this.#random.chance(0.5)) node.setAttribute("align", this.name);
    else node.insert(0, [new Y.XmlText(`${this.name}${this.edits}`)]);
  }

  /** A cursor somewhere. */
  move(): void {
    this.awareness.setLocalStateField("cursor", this.#random.between(0, 1_000));
  }

  /** Everything in it, comparable. */
  content(): unknown {
    const { doc } = this;
    return {
      text: doc.getText("text").toDelta(),
      map: doc.getMap("map").toJSON(),
      list: doc.getArray("list").toJSON(),
      xml: doc.getXmlFragment("xml").toString(),
    };
  }

  /** The clients that this one sees here, itself included. */
  present(): number[] {
    return [...this.awareness.getStates().keys()].sort((a, b) => a - b);
  }

  leave(): void {
    clearInterval(this.#renewal);
    this.awareness.destroy();
    this.doc.destroy();
  }
}
