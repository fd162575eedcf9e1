// What stands where a list will be; shown only if the list takes its time.
import { useTranslations } from "next-intl";

const widths = ["w-2/5", "w-3/5", "w-1/3", "w-1/2", "w-1/4"];

export function ListSkeleton() {
  const words = useTranslations("documents");
  return (
    <div className="late mx-auto max-w-3xl px-4 pt-28 sm:px-8 sm:pt-40" aria-busy="true">
      <p className="sr-only">{words("loading")}</p>
      {widths.map((width) => (
        <div key={width} className="flex h-14 animate-pulse items-center border-b border-line">
          <span className={`h-3.5 rounded bg-hover ${width}`} />
        </div>
      ))}
    </div>
  );
}
