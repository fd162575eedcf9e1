// The frame around the window while somebody is followed, in that person's colour, and the same in words.
"use client";

import type { Follow } from "#app/_editor/follow/use-follow.ts";
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
            Following <bdi>{person.name}</bdi>. <span className="follow-keys">Press Esc to stop.</span>
            <span className="follow-touch">Touch the page to stop.</span>
          </p>
        </div>
      ) : null}
    </>
  );
}
