// GET, PATCH and DELETE /api/documents/<id>. DELETE moves to the trash; PATCH {"trashed": false} brings it back.
import { z } from "zod";
import { guardApi } from "#app/api/_http/guard.ts";
import { readJson } from "#app/api/_http/json-body.ts";
import { problem } from "#app/api/_http/problem.ts";
import { renameDocument, restoreDocument, trashDocument } from "#app/documents/_data/change-document.ts";
import { findDocument } from "#app/documents/_data/list-documents.ts";
import { titleSchema } from "#app/documents/_data/title.ts";

export const dynamic = "force-dynamic";

type Context = { params: Promise<{ id: string }> };

const change = z
  .strictObject({ title: titleSchema.optional(), trashed: z.boolean().optional() })
  .refine(({ title, trashed }) => title !== undefined || trashed !== undefined, "give a title or trashed");

const missing = () => problem(404, "There is no such document.");
const answer = async (id: string) =>
  Response.json(await findDocument(id), { headers: { "cache-control": "private, no-store" } });

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const guard = await guardApi(request);
  if ("refused" in guard) return guard.refused;
  const { id } = await params;
  return (await findDocument(id)) ? answer(id) : missing();
}

export async function PATCH(request: Request, { params }: Context): Promise<Response> {
  const guard = await guardApi(request);
  if ("refused" in guard) return guard.refused;
  const read = await readJson(request, change);
  if ("refused" in read) return read.refused;
  const { id } = await params;
  if (!(await findDocument(id))) return missing();
  const { title, trashed } = read.body;
  if (title !== undefined) await renameDocument(id, title, guard.user);
  if (trashed === true) await trashDocument(id, guard.user);
  if (trashed === false) await restoreDocument(id);
  return answer(id);
}

export async function DELETE(request: Request, { params }: Context): Promise<Response> {
  const guard = await guardApi(request);
  if ("refused" in guard) return guard.refused;
  const { id } = await params;
  if (!(await findDocument(id))) return missing();
  await trashDocument(id, guard.user);
  return answer(id);
}
