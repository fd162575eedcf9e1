// GET /api/files/<id>: the bytes of a file, for whoever may read its document. Only pictures are shown in place; every
// other file is downloaded, and nothing in one may run.
import { disposition } from "#app/api/_http/disposition.ts";
import { problem } from "#app/api/_http/problem.ts";
import { staffRoute } from "#app/api/_http/staff-route.ts";
import { db } from "#prisma/client.ts";
import { documentAccess } from "#server/auth/access.ts";
import { KEY } from "#server/files/file-store.ts";
import { fileStore } from "#server/files/open-store.ts";
import { PICTURE_TYPES } from "#server/files/picture.ts";

export const dynamic = "force-dynamic";

const missing = () => problem(404, "There is no such file.");

export const GET = staffRoute<{ params: Promise<{ file: string }> }>(async (request, user, { params }) => {
  const { file: id } = await params;
  const file = KEY.test(id) ? await db().file.findUnique({ where: { id } }) : null;
  if (!file || (await documentAccess(user, file.documentId)).access === "none") return missing();
  const headers = {
    // Kept by the browser, and asked for every time whether this person still may.
    "cache-control": "private, no-cache",
    etag: `"${id}"`,
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "same-origin",
  };
  if (request.headers.get("if-none-match") === headers.etag) return new Response(null, { status: 304, headers });
  const bytes = await fileStore().get(id);
  if (!bytes) return missing();
  const isShown = PICTURE_TYPES.includes(file.type) && !new URL(request.url).searchParams.has("download");
  return new Response(bytes, {
    headers: {
      ...headers,
      "content-type": isShown ? file.type : "application/octet-stream",
      "content-length": String(file.size),
      "content-disposition": isShown ? "inline" : disposition(file.name),
    },
  });
});
