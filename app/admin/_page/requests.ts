// What the page of administrators asks of the JSON API.
import type { CloseResult, DumpResult } from "#lib/reports.ts";
import type { NamedOverview } from "../_data/overview.ts";

/** What went wrong: the `code` of the server's answer if pages have words for it, else its `status`; neither without one. */
export class AdminProblem extends Error {
  readonly code: CloseFailure | undefined;
  readonly status: number | undefined;

  constructor({ code, status }: { code?: CloseFailure | undefined; status?: number } = {}) {
    super(`answered ${status ?? "nothing"}`);
    this.code = code;
    this.status = status;
  }
}

type CloseFailure = Exclude<CloseResult, "closed">;
const failures: CloseFailure[] = ["not-found", "no-owner", "silent", "not-saved"];

/** Rejects with an AdminProblem. */
async function ask(path: string, method: "GET" | "POST"): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(path, { method });
  } catch {
    throw new AdminProblem();
  }
  // The session has ended: the way back in leads here again.
  if (response.status === 401) location.assign(`/login?callbackUrl=${encodeURIComponent(location.pathname)}`);
  // Somebody took the rights away: the page says so when it is asked for again.
  if (response.status === 403) location.reload();
  if (response.ok) return response.json();
  const { code } = await response.json().catch(() => ({}));
  throw new AdminProblem({ code: failures.find((known) => known === code), status: response.status });
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
