// The save state in the top bar. Says only what save-state.ts found to be true.
"use client";

import { useEffect, useState } from "react";
import type { SaveView } from "#app/_collab/save-state.ts";

const explanations: Record<string, string> = {
  Saved: "Saving is automatic: everything you wrote is in the database.",
  "All changes saved": "What you wrote without a connection is in the database now.",
  "Saving…": "Saving is automatic: your last changes are on their way.",
  "Connecting…": "Saving is automatic: it starts as soon as the page is connected.",
  Offline: "Saving is automatic: it goes on when the connection is back. Nothing is waiting.",
  "Not sent yet, kept on this device": "Saving is automatic: your changes are sent when the connection is back.",
  "Not saved": "Your changes are only on this page. Keep it open until the connection is back, or copy them.",
};

/** `asked` counts how often somebody pressed Ctrl+S: the answer is shown for a moment. */
export function SaveStatus({ save, asked }: { save: SaveView; asked: number }) {
  const [explaining, setExplaining] = useState(false);
  useEffect(() => {
    if (asked === 0) return;
    setExplaining(true);
    const timer = setTimeout(() => setExplaining(false), 4_000);
    return () => clearTimeout(timer);
  }, [asked]);
  const explanation = explanations[save.label];
  return (
    <div className="save-status" data-tone={save.tone}>
      <span role="status" aria-live={save.announce ? "polite" : "off"} title={explanation}>
        {save.label}
      </span>
      {explaining ? (
        <p className="save-explanation" role="alert">
          {explanation}
        </p>
      ) : null}
    </div>
  );
}
