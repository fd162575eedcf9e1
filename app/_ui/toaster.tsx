// Short messages at the bottom, with undo where possible. Never for the save state.
"use client";

import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { Toaster as Sonner } from "sonner";

export function Toaster() {
  const { resolvedTheme } = useTheme();
  const words = useTranslations("common");
  return (
    <Sonner
      containerAriaLabel={words("notifications")}
      position="bottom-center"
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      toastOptions={{
        classNames: {
          toast: "!bg-raised !text-ink !border-0 !shadow-menu !rounded-lg !wrap-anywhere !font-sans",
          actionButton: "!bg-transparent !text-accent !font-semibold !h-8",
        },
      }}
    />
  );
}
