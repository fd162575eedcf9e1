// A dialog that is loaded when it is first opened. What is typed until it is there goes nowhere, above all not into the
// document.
"use client";

import { type ComponentType, useLayoutEffect } from "react";
import { later } from "./later.ts";
import { useLater } from "./use-later.ts";

interface Opened {
  open: boolean;
  onOpenChange(open: boolean): void;
}

/** The component that `load` answers, to be used as if it were here. */
export function whenOpened<Props extends Opened>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const loadOnce = later(load);
  return function WhenOpened(props) {
    const { open, onOpenChange } = props;
    const Dialog = useLater(loadOnce, open, () => onOpenChange(false));
    const isComing = open && !Dialog;
    useLayoutEffect(() => {
      const focused = document.activeElement;
      if (!isComing || !(focused instanceof HTMLElement)) return;
      focused.blur();
      // Before the dialog takes it, and finds out where to give it back.
      return () => focused.focus();
    }, [isComing]);
    return Dialog && !isComing ? <Dialog {...props} /> : null;
  };
}
