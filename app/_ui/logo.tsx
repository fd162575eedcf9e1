// The product's mark and name; app/icon.svg is the same mark for the browser's tab.

export function Logo({ size = 22 }: { size?: number }) {
  return (
    <span className="inline-flex items-center gap-2 font-semibold tracking-tight text-ink">
      <svg aria-hidden="true" width={size} height={size} viewBox="0 0 32 32" fill="none">
        <rect width="32" height="32" rx="8" className="fill-accent" />
        <path
          d="M9 8l7 9 7-9M16 17v7"
          className="stroke-accent-ink"
          strokeWidth="3"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      next-yroom
    </span>
  );
}
