// The demo people, and how to log one in without a browser.
export const PASSWORD = "yroom-demo";

export const people = {
  ana: "ana@example.com",
  ben: "ben@example.com",
  admin: "admin@example.com",
  vera: "vera@example.com",
} as const;

export type Person = keyof typeof people;

/** Logs in over HTTP. Answers the cookies of the session as name-value pairs; rejects if the login is refused. */
export async function logIn(url: string, who: Person): Promise<Map<string, string>> {
  const cookies = new Map<string, string>();
  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
  };
  const csrf = await fetch(`${url}/api/auth/csrf`);
  keep(csrf);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const response = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: cookieHeader(cookies), "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ csrfToken, email: people[who], password: PASSWORD, json: "true" }),
  });
  keep(response);
  if (![...cookies.keys()].some((name) => name.includes("session-token"))) {
    throw new Error(`${who} could not log in: ${response.status} ${await response.text()}`);
  }
  return cookies;
}

/** Value of a Cookie header. */
export function cookieHeader(cookies: Map<string, string>): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
}
