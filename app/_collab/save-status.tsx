// The save state in the top bar. Says only what save-state.ts found to be true.
"use client";

import { useEffect, useState } from "react";
import type { SaveView } from "#app/_collab/save-state.ts";
import { useTranslations } from "#app/_i18n/use-translations.tsx";

/** `asked` counts how often somebody pressed Ctrl+S: the answer is shown for a moment. */
export function SaveStatus({ save, asked }: { save: SaveView; asked: number }) {
  const words = useTranslations("collab");
  const [explaining, setExplaining] = useState(false);
  useEffect(() => {
    if (asked === 0) return;
    setExplaining(true);
    const timer = setTimeout(() => setExplaining(false), 4_000);
    return () => clearTimeout(timer);
  }, [asked]);
  const explanation = words(`saveMeans.${save.label}`);
  return (
    <div className="save-status" data-tone={save.tone}>
      <span role="status" aria-live={save.announce ? "polite" : "off"} title={explanation}>
        {words(`save.${save.label}`)}
      </span>
      {explaining ? (
        <p className="save-explanation" role="alert">
          {explanation}
        </p>
      ) : null}
    </div>
  );
}
