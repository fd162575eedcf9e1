// GET, PATCH and DELETE /api/documents/<id>. DELETE moves to the trash; PATCH {"trashed": false} brings it back.
import { z } from "zod";
import { jsonAnswer } from "#app/api/_http/json-answer.ts";
import { readJson } from "#app/api/_http/json-body.ts";
import { problem } from "#app/api/_http/problem.ts";
import { staffRoute } from "#app/api/_http/staff-route.ts";
import { changeDocument } from "#app/documents/_data/change-document.ts";
import { findDocument } from "#app/documents/_data/list-documents.ts";
import { titleSchema } from "#app/documents/_data/title-schema.ts";
import { documentAccess } from "#server/auth/access.ts";
import type { SessionUser } from "#server/auth/session.ts";

export const dynamic = "force-dynamic";

type Context = { params: Promise<{ id: string }> };

const change = z
  .strictObject({ title: titleSchema.optional(), trashed: z.boolean().optional() })
  .refine(({ title, trashed }) => title !== undefined || trashed !== undefined, "give a title or trashed");

/** The id, if the user may see that document. An unknown one and a forbidden one are the same. */
async function visible(user: SessionUser, { params }: Context): Promise<{ id: string; isTrashed: boolean } | null> {
  const { access, document } = await documentAccess(user, (await params).id);
  return document && access !== "none" ? { id: document.id, isTrashed: document.isTrashed } : null;
}

const answer = async (id: string) => {
  const document = await findDocument(id);
  return document ? jsonAnswer(document) : missing();
};
const missing = () => problem(404, "There is no such document.");

export const GET = staffRoute(async (_, user, context: Context) => {
  const document = await visible(user, context);
  return document ? answer(document.id) : missing();
});

export const PATCH = staffRoute(async (request, user, context: Context) => {
  const read = await readJson(request, change);
  if ("refused" in read) return read.refused;
  const document = await visible(user, context);
  if (!document) return missing();
  const { title, trashed } = read.body;
  if (title !== undefined && document.isTrashed && trashed !== false) {
    return problem(409, "The document is in the trash.", 'Restore it first: {"trashed": false}.');
  }
  await changeDocument(document.id, { title, trashed }, user);
  return answer(document.id);
});

export const DELETE = staffRoute(async (_, user, context: Context) => {
  const document = await visible(user, context);
  if (!document) return missing();
  await changeDocument(document.id, { trashed: true }, user);
  return answer(document.id);
});
