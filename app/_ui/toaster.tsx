// Short messages at the bottom, with undo where possible. Never for the save state. What shows them is loaded in idle
// time, and not with the first message if it can be helped: that may be the one which says that the network is gone.
"use client";

import { type ComponentType, useEffect, useState } from "react";
import { later, whenIdle } from "./later.ts";
import { onWaiting } from "./notify.ts";

const load = later(async () => (await import("./toasts.tsx")).Toasts);

export function Toaster() {
  const [Toasts, setToasts] = useState<ComponentType | null>(null);
  useEffect(() => {
    const show = () => {
      load().then(
        (Toasts) => setToasts(() => Toasts),
        // Messages wait; the page itself works.
        () => {},
      );
    };
    whenIdle(show);
    return onWaiting(show);
  }, []);
  return Toasts ? <Toasts /> : null;
}
