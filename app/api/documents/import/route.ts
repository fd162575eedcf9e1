// POST /api/documents/import?id=<uuid>&name=<file name>: a document made from the file in the body. `id` is made by the
// client for each file; a request that is repeated with it answers the same document and makes no second one.
import { z } from "zod";
import { convertFile } from "#app/_editor/import/convert.ts";
import { IMPORTABLE, kindOf, kinds, tooLarge } from "#app/_editor/import/kinds.ts";
import { FileRefused } from "#app/_editor/import/refused.ts";
import { takeTitle } from "#app/_editor/import/take-title.ts";
import { jsonAnswer } from "#app/api/_http/json-answer.ts";
import { invalid, problem } from "#app/api/_http/problem.ts";
import { readBody } from "#app/api/_http/read-body.ts";
import { staffRoute } from "#app/api/_http/staff-route.ts";
import { createImported, importedId, roomState } from "#app/documents/_data/import-document.ts";
import { findDocument } from "#app/documents/_data/list-documents.ts";
import { cleanTitle, TITLE_LENGTH } from "#app/documents/_data/title.ts";
import { documentRoom, roomTypeOf } from "#lib/room-types.ts";

export const dynamic = "force-dynamic";

const query = z.object({ id: z.uuid(), name: z.string().min(1).max(300) });

export const POST = staffRoute(async (request, user) => {
  const asked = query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) return invalid("The query is not valid.", asked.error);
  const kind = kindOf(asked.data.name);
  if (!kind) return refuse(415, new FileRefused("type"), IMPORTABLE);
  const id = importedId(asked.data.id, user.id);
  if (roomTypeOf(documentRoom(id)).storage !== "prisma") {
    return problem(501, "This server does not keep documents in its database, so it cannot import any.");
  }

  const made = await findDocument(id);
  if (made) return jsonAnswer({ ...made, pictures: 0 });
  const bytes = await readBody(request, kinds[kind].limit);
  if (bytes === null) return problem(413, tooLarge(kind), undefined, { code: "too-large" });
  if (bytes.length === 0) return refuse(422, new FileRefused("empty"));
  const converted = await convertFile(kind, bytes).catch((error: FileRefused | Error) => {
    if ("code" in error && error.code === "file-refused") return refuse(422, error);
    throw error;
  });
  if (converted instanceof Response) return converted;

  const { title, doc } = takeTitle(converted.doc, asked.data.name, cleanTitle, TITLE_LENGTH);
  const state = roomState(doc);
  if (!state) return refuse(413, new FileRefused("too-long"));
  const isNew = await createImported(id, title, state, user.id);
  const answer = { ...(await findDocument(id)), pictures: converted.pictures };
  return jsonAnswer(answer, isNew ? 201 : 200, { location: `/api/documents/${id}` });
});

function refuse(status: number, { message, refusal }: FileRefused, detail?: string): Response {
  return problem(status, message, detail, { code: refusal });
}
