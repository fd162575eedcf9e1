// The palette's way to another page of ours.
"use client";

import { useRouter } from "next/navigation";
import { wouldAsk } from "#app/_ui/leaving.ts";

/** To a path of this site: at once, or by way of the browser's question. */
export function go(router: { push(href: string): void }, href: string): void {
  if (wouldAsk()) location.assign(href);
  else router.push(href);
}

export function useGo(): (href: string) => void {
  const router = useRouter();
  return (href) => go(router, href);
}
