import type { ReactNode } from "react";
import { KeepSession } from "#app/_ui/keep-session.tsx";

/** As around the documents. It is no gate: the page asks for an admin itself. */
export default function AdminLayout({ children }: { children: ReactNode }) {
  return (
    <>
      {children}
      <KeepSession />
    </>
  );
}
