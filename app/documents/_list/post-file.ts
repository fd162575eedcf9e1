// Sends one file to be imported, and tells how much of it has gone.
import { isRefusal, type Refusal } from "#app/_editor/import/refused.ts";
import type { DocumentItem } from "../_data/list-documents.ts";

/** `pictures`: how many of the file the document does not have. */
export type Imported = DocumentItem & { pictures: number };

/** The server did not take the file, and trying again would not help. */
export class ImportRefused extends Error {
  readonly refusal: Refusal | "other";

  constructor(refusal: Refusal | "other") {
    super(refusal);
    this.refusal = refusal;
  }
}

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
      else if (status < 500 && response?.title)
        reject(new ImportRefused(isRefusal(response.code) ? response.code : "other"));
      else reject(new Error(`the server answered ${status}`));
    };
    request.send(file);
  });
}
