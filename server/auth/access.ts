// Who may do what with which document; the one owner of that rule.
import { db } from "#prisma/client.ts";
import type { SessionUser } from "./session.ts";

export type Access = "none" | "read" | "comment" | "write";

/** As a path may spell it; anything else is asked of no database. */
const ID = /^[\w-]{1,64}$/;

/** Active staff may write every document, and read it while it is in the trash. An unknown document is null. */
export async function documentAccess(
  user: Pick<SessionUser, "isStaff" | "isActive">,
  documentId: string,
): Promise<{ access: Access; document: { id: string; title: string; trashedAt: Date | null } | null }> {
  if (!ID.test(documentId)) return { access: "none", document: null };
  const document = await db().document.findUnique({
    where: { id: documentId },
    select: { id: true, title: true, trashedAt: true },
  });
  if (!document || !user.isActive || !user.isStaff) return { access: "none", document };
  return { access: document.trashedAt ? "read" : "write", document };
}
