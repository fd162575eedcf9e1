// Around everything that needs a session. It is no gate: every page asks for a member of staff itself.
import type { ReactNode } from "react";
import { KeepSession } from "#app/_ui/keep-session.tsx";

export default function DocumentsLayout({ children }: { children: ReactNode }) {
  return (
    <>
      {children}
      <KeepSession />
    </>
  );
}
