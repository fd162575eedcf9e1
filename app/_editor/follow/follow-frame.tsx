// The frame around the window while somebody is followed, in that person's colour, and the same in words.
"use client";

import type { Follow } from "#app/_editor/follow/use-follow.ts";
import { words } from "#app/_editor/words.ts";
import "#app/_editor/styles/follow.css";

export function FollowFrame({ follow: { person, said } }: { follow: Follow }) {
  return (
    <>
      <p role="status" className="sr-only">
        {said}
      </p>
      {person ? (
        <div
          aria-hidden
          className="follow-frame"
          style={{ "--person": `var(--person-${person.color % 12})` } as object}
        >
          <p>
            {words.rich("follow.frame", { name: () => <bdi key="name">{person.name}</bdi> })}{" "}
            <span className="follow-keys">{words("follow.keys")}</span>
            <span className="follow-touch">{words("follow.touch")}</span>
          </p>
        </div>
      ) : null}
    </>
  );
}
