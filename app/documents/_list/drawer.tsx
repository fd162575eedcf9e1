// The navigation on phones: slides over the page from the side where lines begin.
"use client";

import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { IconButton } from "#app/_ui/button.tsx";

interface DrawerProps {
  open: boolean;
  onOpenChange(open: boolean): void;
  children: ReactNode;
}

export function Drawer({ open, onOpenChange, children }: DrawerProps) {
  const words = useTranslations("shell");
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-60 bg-black/40 md:hidden" />
        <Dialog.Popup
          aria-label={words("navigation")}
          className="fixed inset-y-0 start-0 z-70 w-72 max-w-[85vw] bg-shell text-ink shadow-dialog outline-none md:hidden"
        >
          <div className="absolute end-1 top-1.5">
            <Dialog.Close render={<IconButton label={words("closeNavigation")} />}>
              <X size={20} strokeWidth={1.75} />
            </Dialog.Close>
          </div>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
