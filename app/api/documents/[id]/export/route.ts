// GET /api/documents/<id>/export?format=html|markdown|docx|text|json|xml[&download=1]: the document as it is now, from the
// live room, not from the last save.
import { z } from "zod";
import { type FormatName, formats } from "#app/_editor/export/formats.ts";
import { readDocument } from "#app/_editor/export/read-document.ts";
import { readPictures } from "#app/_editor/export/read-pictures.ts";
import { exportSource } from "#app/_editor/export/source.ts";
import { disposition } from "#app/api/_http/disposition.ts";
import { problem } from "#app/api/_http/problem.ts";
import { staffRoute } from "#app/api/_http/staff-route.ts";
import { documentAccess } from "#server/auth/access.ts";

export const dynamic = "force-dynamic";

const names = Object.keys(formats) as [FormatName, ...FormatName[]];
const query = z.object({ format: z.enum(names), download: z.enum(["0", "1"]).default("0") });

export const GET = staffRoute<{ params: Promise<{ id: string }> }>(async (request, user, { params }) => {
  const { access, document } = await documentAccess(user, (await params).id);
  if (access === "none" || !document) return problem(404, "There is no such document.");
  const asked = query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) return problem(400, `"format" must be one of ${names.join(", ")}; "download" 0 or 1.`);

  const format = formats[asked.data.format];
  const read = await readDocument(document.id);
  if ("problem" in read) return problem(503, read.problem);
  const source = exportSource(document.title, read.update);
  const pictures = "hasPictures" in format ? await readPictures(source.doc, user) : source.pictures;
  const body = await format.convert({ ...source, pictures });
  return new Response(body, {
    headers: {
      "content-type": typeof body === "string" ? `${format.type}; charset=utf-8` : format.type,
      "content-disposition":
        asked.data.download === "1" || typeof body !== "string" || isPage(format.type)
          ? disposition(fileName(document.title, format.extension))
          : "inline",
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  });
});

/** An exported page is somebody's text: a browser saves it, and never shows it as a page of this site. */
function isPage(type: string): boolean {
  return type === "text/html" || type === "application/xml";
}

function fileName(title: string, extension: string): string {
  return `${[...title].slice(0, 100).join("").trim() || "Untitled"}.${extension}`;
}
