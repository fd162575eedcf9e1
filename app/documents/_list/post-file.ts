// Sends one file to be imported, and tells how much of it has gone.
import type { DocumentItem } from "../_data/list-documents.ts";

/** `pictures`: how many of the file the document does not have. */
export type Imported = DocumentItem & { pictures: number };

/** What the server said about a file that it did not take; trying again would not help. */
export class ImportRefused extends Error {}

/** `id` is made once for each file: a request that is repeated with it makes no second document. `onProgress`: 0 to 1. */
export function postFile(id: string, file: File, onProgress: (part: number) => void): Promise<Imported> {
  return new Promise((resolve, reject) => {
    // fetch does not tell how much was sent.
    const request = new XMLHttpRequest();
    request.open("POST", `/api/documents/import?${new URLSearchParams({ id, name: file.name.slice(-300) })}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new Error("the server was not reached"));
    request.onload = () => {
      const { status, response } = request;
      if (status === 401) location.assign("/login?callbackUrl=%2Fdocuments");
      if (status < 300) resolve(response as Imported);
      else if (status < 500 && response?.title) reject(new ImportRefused(sentencesOf(response)));
      else reject(new Error(`the server answered ${status}`));
    };
    request.send(file);
  });
}

function sentencesOf({ title, detail }: { title: string; detail?: string }): string {
  return detail ? `${title} ${detail}` : title;
}
