// The root of every document.
import type { Block } from "#app/_editor/block.ts";

export const document: Block = { kind: "node", name: "doc", node: { content: "block+" } };
