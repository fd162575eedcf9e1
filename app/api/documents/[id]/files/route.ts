// POST /api/documents/<id>/files?name=photo.png, the bytes as the body and their type as its Content-Type: puts a
// picture or another file into the store for the document. 201 answers what to refer to it by.
import { z } from "zod";
import { jsonAnswer } from "#app/api/_http/json-answer.ts";
import { invalid, problem } from "#app/api/_http/problem.ts";
import { staffRoute } from "#app/api/_http/staff-route.ts";
import { runtime } from "#lib/runtime.ts";
import { documentAccess } from "#server/auth/access.ts";
import { takeUpload, UploadRefused } from "#server/files/upload.ts";

export const dynamic = "force-dynamic";

const query = z.object({ name: z.string().trim().min(1).max(255) });

const refusals: Record<UploadRefused["reason"], () => Response> = {
  "too-large": () => problem(413, `A file has at most ${runtime().env.MAX_UPLOAD_MB} MB.`),
  "not-a-picture": () =>
    problem(415, "This picture cannot be read.", "Save it as PNG, JPEG, WebP, GIF or AVIF, or attach it as a file."),
  empty: () => problem(400, "The file is empty."),
  "no-room": () => problem(507, "There is no room left for files on the server.", "Tell whoever runs it."),
};

export const POST = staffRoute<{ params: Promise<{ id: string }> }>(async (request, user, { params }) => {
  const { access, document } = await documentAccess(user, (await params).id);
  if (access === "none" || !document) return problem(404, "There is no such document.");
  if (access !== "write") return problem(403, "You may read this document, not change it.");
  const asked = query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) return invalid("The file needs a name.", asked.error);
  // Said before the bytes are sent, where the sender says how many they are.
  if (Number(request.headers.get("content-length")) > runtime().env.MAX_UPLOAD_MB * 1_000_000) {
    return refusals["too-large"]();
  }
  if (!request.body) return refusals.empty();
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const name = asked.data.name.replaceAll(/[\p{Cc}/\\]/gu, "_");
  try {
    const file = await takeUpload({ documentId: document.id, userId: user.id, name, type, body: request.body });
    return jsonAnswer(file, 201);
  } catch (error) {
    if (error instanceof UploadRefused) return refusals[error.reason]();
    throw error;
  }
});
