// Tells the widgets where a line begins: their arrow keys and the sides they open to follow it.
"use client";

export { DirectionProvider as Direction } from "@base-ui/react/direction-provider";
