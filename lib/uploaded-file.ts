// What the server says about a file that it took, and the editor puts into the document.

export interface UploadedFile {
  id: string;
  name: string;
  /** Media type. */
  type: string;
  /** Bytes, as stored. */
  size: number;
  /** px, of pictures. */
  width: number | null;
  height: number | null;
}
