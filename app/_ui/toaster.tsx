// Short messages at the bottom, with undo where possible. Never for the save state. What shows them is loaded when the
// page is alive, and not with the first message: that may be the one which says that the network is gone.
"use client";

import { type ComponentType, useEffect, useState } from "react";

export function Toaster() {
  const [Toasts, setToasts] = useState<ComponentType | null>(null);
  useEffect(() => {
    import("./toasts.tsx").then(
      ({ Toasts }) => setToasts(() => Toasts),
      // Messages wait; the page itself works.
      () => {},
    );
  }, []);
  return Toasts ? <Toasts /> : null;
}
