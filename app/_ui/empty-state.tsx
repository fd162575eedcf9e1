// What a page says when there is nothing on it: one sentence, one action.
import type { ReactNode } from "react";

export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="mx-auto flex max-w-sm flex-col items-center px-6 py-20 text-center">
      <span aria-hidden className="mb-4 text-ink-3">
        {icon}
      </span>
      <h2 className="text-base font-semibold text-balance wrap-anywhere">{title}</h2>
      {children ? <p className="mt-1 text-ink-2">{children}</p> : null}
      {action ? <div className="mt-5">{action}</div> : null}
    </div>
  );
}
