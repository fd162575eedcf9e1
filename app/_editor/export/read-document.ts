// The live room of a document, or why it cannot be read.
import { YroomDocument } from "#lib/document.ts";
import { documentRoom } from "#lib/room-types.ts";

/** `update` is null when nobody has written in the document yet. */
export async function readDocument(id: string): Promise<{ update: Uint8Array | null } | { problem: string }> {
  try {
    return { update: await new YroomDocument(documentRoom(id)).read() };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "data-unavailable") return { update: null };
    if (code === "timeout" || code === "unavailable" || code === "refused" || code === "unreadable") {
      return { problem: "The document cannot be read at the moment. Try again in a few seconds." };
    }
    throw error;
  }
}
