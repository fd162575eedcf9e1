// Where the bytes of uploaded files are kept. What a file is called, and who may have it, is in the database.

export interface FileStore {
  /**
   * Keeps the bytes under a new key; they are on disk when it resolves. Rejects, and keeps nothing, when the source
   * does or when there is no room. Answers how many bytes there were.
   */
  put(key: string, bytes: AsyncIterable<Uint8Array>): Promise<number>;
  /** The bytes, or null if there are none under the key. */
  get(key: string): Promise<ReadableStream<Uint8Array> | null>;
  /** Of what is not there, too. */
  delete(key: string): Promise<void>;
}

/** Keys are made by the database; nothing else may become a path. */
export const KEY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
