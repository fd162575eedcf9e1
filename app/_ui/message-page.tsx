// A page that is only a message: not found, no access, something failed.
import type { ReactNode } from "react";

export function MessagePage({
  icon,
  title,
  children,
  actions,
}: {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  actions: ReactNode;
}) {
  return (
    <main className="grid min-h-dvh place-items-center px-6">
      <div className="max-w-md text-center">
        <span aria-hidden className="mb-5 inline-block text-ink-3">
          {icon}
        </span>
        <h1 className="text-xl font-semibold tracking-tight text-balance wrap-anywhere">{title}</h1>
        <div className="mt-2 text-balance text-ink-2">{children}</div>
        <div className="mt-6 flex flex-wrap justify-center gap-2">{actions}</div>
      </div>
    </main>
  );
}
