// Ways to a place far off. What is off the screen has only a guess of its height (styles/off-screen.css); it gets its
// own on the way, and everything behind it moves. So whoever goes somewhere looks again when the page has come to rest.

/** Frames for which nothing moves before it is believed, and how often the way is taken again at most. */
const STILL = 3;
const ATTEMPTS = 6;
/** Windows up to which one sees the text pass by. */
const NEAR = 2;
/** Events by which a person goes somewhere, or does something else. */
export const ACTIONS = ["wheel", "pointerdown", "touchstart", "keydown"] as const;

/** Brings the element to that part of the window, and keeps it there until the page has come to rest. */
export function scrollThere(element: Element, block: "start" | "center"): void {
  element.scrollIntoView({ block, behavior: howToScroll(element.getBoundingClientRect().top) });
  untilThere(
    () => isInside(element.getBoundingClientRect()),
    () => element.scrollIntoView({ block, behavior: "auto" }),
  );
}

/** `top`: px from the top of the window to where one wants to go. */
export function howToScroll(top: number): "smooth" | "auto" {
  const near = Math.abs(top) < window.innerHeight * NEAR;
  return near && !matchMedia("(prefers-reduced-motion: reduce)").matches ? "smooth" : "auto";
}

/** Does `act` again whenever the page rests and it is not `there`; until it is, or the person does something. */
export function untilThere(there: () => boolean, act: () => void): void {
  let [still, attempts] = [0, 0];
  let last = Number.NaN;
  const person = new AbortController();
  for (const event of ACTIONS) {
    window.addEventListener(event, () => person.abort(), { signal: person.signal, passive: true, capture: true });
  }
  const look = () => {
    if (person.signal.aborted) return;
    still = window.scrollY === last ? still + 1 : 0;
    last = window.scrollY;
    if (still >= STILL) {
      if (there() || ++attempts > ATTEMPTS) return person.abort();
      act();
      still = 0;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Whether some of a box is in the window. */
export function isInside({ top, bottom }: { top: number; bottom: number }): boolean {
  return bottom > 0 && top < window.innerHeight;
}
