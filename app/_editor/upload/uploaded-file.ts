// How the editor puts a file into the store. The page does it (PageActions); the editor does not know any address but
// that of a file's bytes.
import type { UploadedFile } from "#lib/uploaded-file.ts";

/** Rejects with a sentence for people as the error's message. */
export type SendFile = (
  file: File,
  options: { signal: AbortSignal; onProgress(share: number): void },
) => Promise<UploadedFile>;

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id of a file, or null: what is in a document may come from anywhere. */
export function fileId(value: unknown): string | null {
  return typeof value === "string" && ID.test(value) ? value : null;
}

export function fileUrl(id: string): string {
  return `/api/files/${id}`;
}

/** The id in an address of ours, or null. */
export function fileIdOf(url: string): string | null {
  return fileId(/^\/api\/files\/([^/?#]+)$/.exec(url)?.[1]);
}

/** "12 kB": for people, in powers of a thousand. */
export function sizeLabel(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  let [value, unit] = [bytes, 0];
  while (value >= 999.5 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${value < 9.95 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
