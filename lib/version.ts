// Which program this is: the version of package.json, and the commit that scripts/bundle.mjs found when it was built.
import manifest from "../package.json" with { type: "json" };

declare const __COMMIT__: string | undefined;

export const version: string = manifest.version;
/** Abbreviated; null if the program was not built from a git checkout. */
export const commit: string | null = (typeof __COMMIT__ === "string" && __COMMIT__) || null;
