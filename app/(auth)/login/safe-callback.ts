// Where to go after the login. Only paths of this site: anything else could lead people to a copy of it.

const HOME = "/documents";
/** Any origin will do; only one that the given path stays on is ours. */
const HERE = "http://here.invalid";

export function safeCallback(given: string | string[] | undefined): string {
  if (typeof given !== "string" || !given.startsWith("/") || !URL.canParse(given, HERE)) return HOME;
  const url = new URL(given, HERE);
  if (url.origin !== HERE || url.pathname.startsWith("/login") || url.pathname.startsWith("/api/")) return HOME;
  // "/.//evil.example" stays here, but what is left of it without the dot does not.
  if (url.pathname.startsWith("//")) return HOME;
  return `${url.pathname}${url.search}${url.hash}`;
}
