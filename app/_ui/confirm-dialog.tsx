// Asks before something that cannot be taken back. The focus starts on the way out and returns to where it was.
"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { type ReactNode, useRef } from "react";
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { Button } from "./button.tsx";

export interface Question {
  title: string;
  text: ReactNode;
  /** What the button says that does it. */
  action: string;
  onConfirm(): void;
}

/** Open while there is a question. */
export function ConfirmDialog({ question, onClose }: { question: Question | null; onClose(): void }) {
  const words = useTranslations("common");
  // What it asked stays on it while it closes.
  const last = useRef(question);
  if (question) last.current = question;
  const shown = last.current;
  return (
    <AlertDialog.Root open={question !== null} onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-60 bg-black/40" />
        <AlertDialog.Popup className="fixed start-1/2 top-1/2 z-70 w-[28rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 rounded-xl bg-raised p-5 text-ink shadow-dialog outline-none rtl:translate-x-1/2">
          <AlertDialog.Title className="text-base font-semibold wrap-anywhere">{shown?.title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-ink-2 wrap-anywhere">{shown?.text}</AlertDialog.Description>
          <div className="mt-5 flex flex-wrap justify-end gap-2">
            <AlertDialog.Close render={<Button>{words("cancel")}</Button>} />
            <AlertDialog.Close render={<Button kind="filled" onClick={() => shown?.onConfirm()} />}>
              {shown?.action}
            </AlertDialog.Close>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
