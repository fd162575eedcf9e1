// What somebody reads when the server has closed the connection for good: what happened, what happens to the text, what
// to do.
"use client";

import type { CloseMessage } from "#app/_collab/close-messages.ts";
import { useTranslations } from "#app/_i18n/use-translations.tsx";

export function ClosedSentences({ message: { reason, safety } }: { message: CloseMessage }) {
  const words = useTranslations("collab");
  return (
    <p>
      <strong>{words(`closed.${reason}.title`)}</strong> {words(`safety.${safety}`)} {words(`closed.${reason}.todo`)}
    </p>
  );
}
