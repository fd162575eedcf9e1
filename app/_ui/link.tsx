// A link to another page of ours, which comes without loading everything anew. Next's own would ask the server for the
// page behind every link in view, once or twice for each document of a list, and a click asks again all the same: what a
// page shows depends on who asks, and when.
"use client";

import { useRouter } from "next/navigation";
import type { ComponentProps, MouseEvent } from "react";
import { wouldAsk } from "./leaving.ts";

/** `href` is a path of this site. */
export function Link({ href, onClick, ...props }: ComponentProps<"a"> & { href: string }) {
  const router = useRouter();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    // A new tab, a new window, a download, a question before words are lost: the browser's business.
    const isOther = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (event.defaultPrevented || isOther || wouldAsk()) return;
    event.preventDefault();
    router.push(href);
  };
  return <a href={href} onClick={follow} {...props} />;
}
