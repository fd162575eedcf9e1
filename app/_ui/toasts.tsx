// The library that shows short messages, with the look of ours. Loaded by toaster.tsx.
"use client";

import { useEffect } from "react";
import { Toaster, toast } from "sonner";
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { useTheme } from "#app/_ui/theme.ts";
import { showBy } from "./notify.ts";

export function Toasts() {
  const { resolvedTheme } = useTheme();
  const words = useTranslations("common");
  useEffect(() => {
    showBy(({ text, isError, ...options }) => (isError ? toast.error : toast)(text, options));
    return () => showBy(null);
  }, []);
  return (
    <Toaster
      containerAriaLabel={words("notifications")}
      position="bottom-center"
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      toastOptions={{
        classNames: {
          toast:
            "!bg-raised !text-ink !border-0 !shadow-menu !rounded-lg !wrap-anywhere !font-sans focus-visible:!outline-2 focus-visible:!outline-accent",
          actionButton: "!bg-transparent !text-accent !font-semibold !h-8",
        },
      }}
    />
  );
}
