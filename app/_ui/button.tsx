// The three kinds of button. One page has at most one that is filled.
import type { ComponentProps } from "react";

const base =
  "inline-flex h-11 shrink-0 items-center justify-center gap-2 rounded-md px-3.5 font-medium whitespace-nowrap transition-colors duration-100 disabled:opacity-65 sm:h-8 sm:px-3 pointer-coarse:h-11";
const kinds = {
  filled:
    "bg-accent text-accent-ink hover:bg-[color-mix(in_oklab,var(--color-accent)_90%,var(--color-ink))] active:bg-[color-mix(in_oklab,var(--color-accent)_80%,var(--color-ink))]",
  quiet: "border border-line bg-raised text-ink hover:bg-hover",
  bare: "text-ink-2 hover:bg-hover hover:text-ink",
} as const;

/** Classes of a button, for links that look like one. */
export function buttonClass(kind: keyof typeof kinds = "quiet", more = ""): string {
  return `${base} ${kinds[kind]} ${more}`;
}

export function Button({
  kind = "quiet",
  className = "",
  ...props
}: ComponentProps<"button"> & { kind?: keyof typeof kinds }) {
  return <button type="button" className={buttonClass(kind, className)} {...props} />;
}

/** A square button with an icon; `label` is its name and its tooltip. */
export function IconButton({ label, className = "", ...props }: ComponentProps<"button"> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`inline-grid size-11 shrink-0 place-items-center rounded-md text-ink-2 transition-colors duration-100 hover:bg-hover hover:text-ink sm:size-8 pointer-coarse:size-11 ${className}`}
      {...props}
    />
  );
}
