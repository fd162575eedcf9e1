// A channel layer whose way to and from one server leaks, and says so, as that of Redis does: what it should have heard
// is missed and ends with a gap, what it sends is lost, its beats do not arrive.
import type { ChannelLayer, ServerHandlers } from "#lib/channel-layer/channel-layer.ts";

export class Leaks {
  #handlers: ServerHandlers | null = null;
  #isDeaf = false;
  /** What the server sends is lost. */
  isMute = false;
  /** Its beats do not arrive. */
  isStill = false;

  /** What is said to the server is missed, until `mend`. */
  deafen(): void {
    this.#isDeaf = true;
  }

  mend(): void {
    this.isMute = false;
    this.isStill = false;
    if (!this.#isDeaf) return;
    this.#isDeaf = false;
    this.#handlers?.onGap();
  }

  /** `layer` as the server sees it that has these leaks. */
  of(layer: ChannelLayer): ChannelLayer {
    return new Proxy(layer, {
      get: (from, name) => {
        if (name === "server") return (id: string, handlers: ServerHandlers) => this.#server(from, id, handlers);
        const value = from[name as keyof ChannelLayer];
        return typeof value === "function" ? (value as (...args: unknown[]) => unknown).bind(from) : value;
      },
    });
  }

  async #server(layer: ChannelLayer, id: string, handlers: ServerHandlers) {
    this.#handlers = handlers;
    const link = await layer.server(id, {
      onMessages: (messages) => {
        if (!this.#isDeaf) handlers.onMessages(messages);
      },
      onAnnouncement: (announcement) => {
        if (!this.#isDeaf) handlers.onAnnouncement(announcement);
      },
      onGap: () => handlers.onGap(),
      onLost: (...lost) => handlers.onLost(...lost),
    });
    const own: Partial<typeof link> = {
      send: (channel, message) => {
        if (!this.isMute) link.send(channel, message);
        else queueMicrotask(() => handlers.onLost(new Error("lost"), () => true));
      },
      beat: async (presence) => {
        if (this.isMute) throw new Error("lost");
        if (!this.isStill) await link.beat(presence);
      },
      close: () => link.close(),
    };
    return new Proxy(link, { get: (from, name) => own[name as keyof typeof link] ?? from[name as keyof typeof link] });
  }
}
