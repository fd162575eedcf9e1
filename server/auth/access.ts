// Who may do what with which document; the one owner of that rule.
import { db } from "#prisma/client.ts";
import type { SessionUser } from "./session.ts";

export type Access = "none" | "read" | "comment" | "write";

/** Active staff may write every document. An unknown document is null. */
export async function documentAccess(
  user: Pick<SessionUser, "isStaff" | "isActive">,
  documentId: string,
): Promise<{ access: Access; document: { id: string; title: string; trashedAt: Date | null } | null }> {
  const document = await db().document.findUnique({
    where: { id: documentId },
    select: { id: true, title: true, trashedAt: true },
  });
  if (!document || !user.isActive || !user.isStaff) return { access: "none", document };
  return { access: document.trashedAt ? "read" : "write", document };
}
