// `Sender` is exported by ws and missing from its types; server/outgoing.ts needs the one method.
import "ws";

declare module "ws" {
  export const Sender: {
    /** A frame as a server sends it: the header, then the data. */
    frame(
      data: Uint8Array,
      options: { fin: boolean; rsv1: boolean; opcode: number; mask: boolean; readOnly: boolean },
    ): Buffer[];
  };
}
