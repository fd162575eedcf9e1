// GET /api/documents: the list, recent first. POST: a new document.
import { z } from "zod";
import { guardApi } from "#app/api/_http/guard.ts";
import { readJson } from "#app/api/_http/json-body.ts";
import { problem } from "#app/api/_http/problem.ts";
import { createDocument } from "#app/documents/_data/change-document.ts";
import { findDocument, listDocuments, listQuery } from "#app/documents/_data/list-documents.ts";
import { titleSchema } from "#app/documents/_data/title.ts";

export const dynamic = "force-dynamic";

const noStore = { "cache-control": "private, no-store" };
const newDocument = z.strictObject({ title: titleSchema.default("") });

/** `?q=` in the title, `trashed=1`, `limit` (100 at most), `cursor` from the last answer. */
export async function GET(request: Request): Promise<Response> {
  const guard = await guardApi(request);
  if ("refused" in guard) return guard.refused;
  const query = listQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) {
    const errors = query.error.issues.map((issue) => ({ field: issue.path.join("."), message: issue.message }));
    return problem(400, "The query is not valid.", undefined, errors);
  }
  return Response.json(await listDocuments(query.data), { headers: noStore });
}

export async function POST(request: Request): Promise<Response> {
  const guard = await guardApi(request);
  if ("refused" in guard) return guard.refused;
  const read = await readJson(request, newDocument);
  if ("refused" in read) return read.refused;
  const id = await createDocument(read.body.title, guard.user);
  return Response.json(await findDocument(id), {
    status: 201,
    headers: { ...noStore, location: `/api/documents/${id}` },
  });
}
