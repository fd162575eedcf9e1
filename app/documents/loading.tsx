// What stands where the list will be; shown only if the list takes its time.
const rows = ["w-2/5", "w-3/5", "w-1/3", "w-1/2", "w-1/4"];

export default function Loading() {
  return (
    <main className="late mx-auto max-w-3xl px-6 pt-28" aria-busy="true">
      <p className="sr-only">The documents are on their way.</p>
      {rows.map((width) => (
        <div key={width} className="flex h-14 animate-pulse items-center border-b border-line">
          <span className={`h-3.5 rounded bg-hover ${width}`} />
        </div>
      ))}
    </main>
  );
}
