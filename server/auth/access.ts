// Who may do what with which document; the one owner of that rule.
import { type DocumentRow, findDocumentRow } from "./lookups.ts";
import type { SessionUser } from "./session.ts";

/** Only active staff may enter; every gate asks here. */
export function mayEnter(user: Pick<SessionUser, "isStaff" | "isActive">): boolean {
  return user.isActive && user.isStaff;
}

/** Only admins among them may see and stop what runs. */
export function mayAdminister(user: Pick<SessionUser, "isStaff" | "isActive" | "isAdmin">): boolean {
  return mayEnter(user) && user.isAdmin;
}

export type Access = "none" | "read" | "comment" | "write";

/** As a path may spell it; anything else is asked of no database. */
const ID = /^[\w-]{1,64}$/;

/** Who may enter may write every document, and read it while it is in the trash. An unknown document is null. */
export async function documentAccess(
  user: Pick<SessionUser, "isStaff" | "isActive">,
  documentId: string,
): Promise<{ access: Access; document: DocumentRow | null }> {
  return accessTo(await findDocument(documentId), user);
}

/** Null if there is none. */
export async function findDocument(documentId: string): Promise<DocumentRow | null> {
  return ID.test(documentId) ? findDocumentRow(documentId) : null;
}

export function accessTo(
  document: DocumentRow | null,
  user: Pick<SessionUser, "isStaff" | "isActive">,
): { access: Access; document: DocumentRow | null } {
  if (!document || !mayEnter(user)) return { access: "none", document };
  return { access: document.isTrashed ? "read" : "write", document };
}
