// GET /api/documents: the list, recent first. POST: a new document.
import { z } from "zod";
import { jsonAnswer } from "#app/api/_http/json-answer.ts";
import { readJson } from "#app/api/_http/json-body.ts";
import { invalid } from "#app/api/_http/problem.ts";
import { staffRoute } from "#app/api/_http/staff-route.ts";
import { createDocument } from "#app/documents/_data/change-document.ts";
import { findDocument, listDocuments, listQuery } from "#app/documents/_data/list-documents.ts";
import { titleSchema } from "#app/documents/_data/title-schema.ts";

export const dynamic = "force-dynamic";

const newDocument = z.strictObject({ title: titleSchema.default("") });

/** `?q=` in the title, `trashed=1`, `limit` (100 at most), `cursor` from the last answer. */
export const GET = staffRoute(async (request) => {
  const query = listQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) return invalid("The query is not valid.", query.error);
  return jsonAnswer(await listDocuments(query.data));
});

export const POST = staffRoute(async (request, user) => {
  const read = await readJson(request, newDocument);
  if ("refused" in read) return read.refused;
  const id = await createDocument(read.body.title, user);
  return jsonAnswer(await findDocument(id), 201, { location: `/api/documents/${id}` });
});
