// The pictures of pages that are only a message, as plain SVG: icons of the library would bring JavaScript to every page,
// because each can end in "not found".

const paths = {
  problem: "M12 8v4m0 4h.01",
  nothing: "M9.1 9a3 3 0 0 1 5.8 1c0 2-2.9 2.5-2.9 4m0 3h.01",
} as const;

export function Sign({ name }: { name: keyof typeof paths }) {
  return (
    <svg
      width={40}
      height={40}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.25}
      strokeLinecap="round"
      aria-hidden="true"
    >
      <circle cx={12} cy={12} r={10} />
      <path d={paths[name]} />
    </svg>
  );
}
