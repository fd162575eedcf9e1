// What the page of administrators asks of the JSON API.
import type { DumpResult } from "#lib/reports.ts";
import type { NamedOverview } from "../_data/overview.ts";

/** Rejects with an Error whose message can be shown. */
async function ask(path: string, method: "GET" | "POST"): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(path, { method });
  } catch {
    throw new Error("The server did not answer.");
  }
  // The session has ended: the way back in leads here again.
  if (response.status === 401) location.assign(`/login?callbackUrl=${encodeURIComponent(location.pathname)}`);
  // Somebody took the rights away: the page says so when it is asked for again.
  if (response.status === 403) location.reload();
  if (response.ok) return response.json();
  const { title = `The server answered ${response.status}.`, detail = "" } = await response.json().catch(() => ({}));
  throw new Error(`${title} ${detail}`.trim());
}

export async function fetchOverview(): Promise<NamedOverview> {
  return (await ask("/api/admin/rooms", "GET")) as NamedOverview;
}

export async function closeRoom(room: string): Promise<void> {
  await ask(`/api/admin/rooms/${encodeURIComponent(room)}/close`, "POST");
}

/** `id` is `<server>/<number>`. */
export async function closeConnection(id: string): Promise<void> {
  await ask(`/api/admin/connections/${id.split("/").map(encodeURIComponent).join("/")}/close`, "POST");
}

export async function writeDumps(): Promise<DumpResult[]> {
  return ((await ask("/api/admin/dump", "POST")) as { dumps: DumpResult[] }).dumps;
}
