"use client";

import { Button } from "#app/_ui/button.tsx";
import { signOutHere } from "#app/_ui/sign-out.ts";

export function SignOutButton() {
  return <Button onClick={signOutHere}>Sign out</Button>;
}
