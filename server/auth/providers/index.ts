// The list of ways to log in. To add one: a file beside this one, and a line here. A provider must answer the id and
// the sessionVersion of an account that exists.
import type { AuthOptions } from "next-auth";
import { credentials } from "./credentials.ts";

export function providers(): AuthOptions["providers"] {
  return [credentials()];
}
