// Choose files that become documents.
"use client";

import { FileUp } from "lucide-react";
import { useRef } from "react";
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { Button } from "#app/_ui/button.tsx";

/** `accept`: the endings of files that can be chosen, as a field has them. */
export function ImportButton({ accept, onFiles }: { accept: string; onFiles(files: File[]): void }) {
  const words = useTranslations("imports");
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button title={words("accepted")} aria-describedby="importable" onClick={() => field.current?.click()}>
        <FileUp aria-hidden size={18} strokeWidth={1.75} />
        <span className="max-sm:sr-only">{words("button")}</span>
      </Button>
      <span id="importable" className="sr-only">
        {words("accepted")}
      </span>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        accept={accept}
        aria-label={words("files")}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // The same file may be chosen again.
          currentTarget.value = "";
        }}
      />
    </>
  );
}
