// Five other people who type in the document while it is measured: real clients of another make, each with a caret.
import { connectRaw, type RawClient } from "../../e2e/raw-client.ts";

/** ms between two keys of one person: a quick typist. */
const PACE = 150;
const LINE = "and then we saw that it works as well when everybody writes at once, ";

export interface Company {
  /** Keys that they have typed so far, all together. */
  typed(): number;
  stop(): void;
}

type XmlText = { insert(at: number, text: string): void; length: number; _item: { id: unknown } | null };
interface XmlElement {
  nodeName: string;
  get(index: number): unknown;
}

/** `places`: indices of top-level paragraphs, one for each person. */
export async function invite(
  url: string,
  documentId: string,
  cookies: Map<string, string>,
  places: number[],
): Promise<Company> {
  const clients = places.map(() => connectRaw(url, documentId, cookies));
  await Promise.all(clients.map((client) => client.synced()));
  let typed = 0;
  const timers = clients.map((client, index) => {
    const text = textAt(client, places[index] as number);
    let column = 0;
    return setInterval(() => {
      client.doc.transact(() => text.insert(text.length, LINE.charAt(column++ % LINE.length)));
      // As an editor does after every key: the caret is at the end of the paragraph.
      const end = { type: text._item?.id, tname: null, item: null, assoc: 0 };
      client.provider.awareness.setLocalStateField("cursor", { anchor: end, head: end });
      typed++;
    }, PACE);
  });
  return {
    typed: () => typed,
    stop: () => {
      for (const timer of timers) clearInterval(timer);
      for (const client of clients) client.close();
    },
  };
}

function textAt({ doc }: RawClient, index: number): XmlText {
  const block = doc.getXmlFragment("prosemirror").get(index) as unknown as XmlElement;
  if (block?.nodeName !== "paragraph") throw new Error(`block ${index} is no paragraph`);
  return block.get(0) as XmlText;
}
