// What an export format is, and what it gets.
import type { Node } from "prosemirror-model";
import type * as Y from "yjs";

export interface ExportSource {
  title: string;
  /** The document as the editor shows it. */
  doc: Node;
  /** The same as Yjs holds it. */
  fragment: Y.XmlFragment;
  /** By the id of their file; those that cannot be had are not there. */
  pictures: ReadonlyMap<string, ExportPicture>;
}

export interface ExportPicture {
  /** Media type. */
  type: string;
  bytes: Uint8Array;
}

export interface ExportFormat {
  /** In the menu. */
  title: string;
  extension: string;
  /** Media type, without the charset: a text is always UTF-8. */
  type: string;
  /** The file carries the pictures along. */
  hasPictures?: true;
  convert(source: ExportSource): string | Promise<Uint8Array<ArrayBuffer>>;
}
