// Says what will happen with the files that somebody holds over the page. Loaded with the first drag.
"use client";

import { FileUp } from "lucide-react";
import { useTranslations } from "#app/_i18n/use-translations.tsx";

export function DropHint() {
  const words = useTranslations("imports");
  return (
    <div className="pointer-events-none fixed inset-3 z-60 grid place-items-center rounded-xl border-2 border-dashed border-accent bg-paper/95 md:start-67">
      <div className="flex max-w-sm flex-col items-center px-6 text-center">
        <FileUp aria-hidden size={40} strokeWidth={1.25} className="text-ink-3" />
        <p className="mt-4 text-base font-semibold">{words("drop")}</p>
        <p className="mt-1 text-ink-2">{words("accepted")}</p>
      </div>
    </div>
  );
}
