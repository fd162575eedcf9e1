// Choose files that become documents.
"use client";

import { FileUp } from "lucide-react";
import { useRef } from "react";
import { ACCEPT, IMPORTABLE } from "#app/_editor/import/kinds.ts";
import { Button } from "#app/_ui/button.tsx";

export function ImportButton({ onFiles }: { onFiles(files: File[]): void }) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button title={IMPORTABLE} aria-describedby="importable" onClick={() => field.current?.click()}>
        <FileUp aria-hidden size={18} strokeWidth={1.75} />
        <span className="max-sm:sr-only">Import</span>
      </Button>
      <span id="importable" className="sr-only">
        {IMPORTABLE}
      </span>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        accept={ACCEPT}
        aria-label="Files to import"
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // The same file may be chosen again.
          currentTarget.value = "";
        }}
      />
    </>
  );
}
