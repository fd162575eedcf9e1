// Keeps what floats over the text (menus, bars, popovers) beside what it belongs to, while either of them moves.
import { autoUpdate, type ComputePositionConfig, computePosition, type ReferenceElement } from "@floating-ui/dom";

interface Placing extends Pick<ComputePositionConfig, "placement" | "middleware"> {
  /** px from the top of the window above which it is not put. */
  top?(): number;
}

/** `box` has a fixed position. Answers how to stop. */
export function placeAt(box: HTMLElement, anchor: ReferenceElement, { top, ...config }: Placing): () => void {
  return autoUpdate(anchor, box, async () => {
    const { x, y } = await computePosition(anchor, box, { ...config, strategy: "fixed" });
    // Where lines begin at the right, the style sheet's start is the right.
    Object.assign(box.style, { left: `${x}px`, right: "auto", top: `${Math.max(y, top?.() ?? y)}px` });
  });
}
