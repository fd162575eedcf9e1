// Short messages at the bottom, with undo where possible. Never for the save state. What shows them comes with the
// first one.
"use client";

import { type ComponentType, useEffect, useState } from "react";
import { onFirstNotice } from "./notify.ts";

export function Toaster() {
  const [Toasts, setToasts] = useState<ComponentType | null>(null);
  useEffect(
    () =>
      // Without it (offline, say) messages wait for the next one that can load it.
      onFirstNotice(() => import("./toasts.tsx").then(({ Toasts }) => setToasts(() => Toasts)).catch(() => {})),
    [],
  );
  return Toasts ? <Toasts /> : null;
}
