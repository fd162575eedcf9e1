// What the list asks of the JSON API.
import type { DocumentItem, DocumentPage } from "../_data/list-documents.ts";

async function ask(path: string, method: string, body?: unknown): Promise<Response> {
  const response = await fetch(path, {
    method,
    ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  // The session has ended: the way back in leads here again.
  const here = encodeURIComponent(location.pathname + location.search);
  if (response.status === 401) location.assign(`/login?callbackUrl=${here}`);
  // Somebody took the access away: that page says so.
  if (response.status === 403 && method === "GET") location.assign("/no-access");
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`);
  return response;
}

/** The query as the API takes it; `cursor` is the `next` of the page before. */
export async function fetchDocuments(asked: {
  q?: string;
  cursor?: string;
  trashed?: "1";
  limit?: string;
}): Promise<DocumentPage> {
  const query = new URLSearchParams(asked);
  return (await ask(`/api/documents?${query}`, "GET")).json() as Promise<DocumentPage>;
}

/** Answers the new document. */
export async function postDocument(): Promise<DocumentItem> {
  return (await ask("/api/documents", "POST", {})).json() as Promise<DocumentItem>;
}

export async function patchDocument(id: string, change: { title?: string; trashed?: boolean }): Promise<DocumentItem> {
  return (await ask(`/api/documents/${id}`, "PATCH", change)).json() as Promise<DocumentItem>;
}
