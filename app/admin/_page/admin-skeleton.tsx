// What stands where the figures will be; shown only if they take their time.
import { useTranslations } from "#app/_i18n/use-translations.tsx";

const widths = ["w-1/2", "w-2/5", "w-3/5"];

export function AdminSkeleton() {
  const words = useTranslations("admin");
  return (
    <div className="late mt-14" aria-busy="true">
      <p className="sr-only">{words("loading")}</p>
      {widths.map((width) => (
        <div key={width} className="flex h-16 animate-pulse items-center border-b border-line">
          <span className={`h-3.5 rounded bg-hover ${width}`} />
        </div>
      ))}
    </div>
  );
}
