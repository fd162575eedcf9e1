// Sends a file to a document's store, with progress. XMLHttpRequest, because fetch does not say how much was sent.
import type { SendFile } from "#app/_editor/upload/uploaded-file.ts";
import { words } from "#app/_editor/words.ts";
import type { UploadedFile } from "#lib/uploaded-file.ts";

/** `mostMegabytes` is said before anything is sent. */
export function createSendFile(documentId: string, mostMegabytes: number): SendFile {
  return (file, { signal, onProgress }) =>
    new Promise<UploadedFile>((resolve, reject) => {
      if (file.size > mostMegabytes * 1_000_000)
        throw new Error(words("upload.tooLarge", { megabytes: mostMegabytes }));
      if (file.size === 0) throw new Error(words("upload.empty"));
      const request = new XMLHttpRequest();
      const name = encodeURIComponent(file.name || "picture.png");
      request.open("POST", `/api/documents/${encodeURIComponent(documentId)}/files?name=${name}`);
      request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
      request.responseType = "json";
      request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
      request.onload = () => {
        const { status, response } = request;
        if (status === 201) resolve(response as UploadedFile);
        else reject(new Error(messageOf(status, response)));
      };
      request.onerror = () => reject(new Error(words("upload.broke")));
      signal.addEventListener("abort", () => request.abort());
      request.onabort = () => reject(signal.reason);
      request.send(file);
    });
}

function messageOf(status: number, response: unknown): string {
  const { title, detail } = (response ?? {}) as { title?: string; detail?: string };
  if (status === 401) return words("upload.signedOut");
  return [title, detail].filter(Boolean).join(" ") || words("upload.refused");
}
