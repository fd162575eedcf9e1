// A TCP proxy that can be slow, cut what runs through it, or go silent while it keeps every socket open. Looks at no
// byte. Its port stays, whatever happens behind it.
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

interface Line {
  near: Socket;
  far: Socket;
}

export class TcpProxy {
  readonly #server: Server;
  readonly #lines = new Set<Line>();
  #target: number;
  #delay = 0;
  #isSilent = false;

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer((near) => this.#open(near));
  }

  /** Resolves when it listens; `target` is a port of this machine. */
  static async start(target: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(target);
    await new Promise<void>((resolve, reject) => {
      proxy.#server.once("error", reject);
      proxy.#server.listen(0, "localhost", resolve);
    });
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Every byte arrives so many ms later, in both directions. */
  delay(ms: number): void {
    this.#delay = ms;
  }

  /** From now on nothing passes, not even the end of a socket; what is sent is gone. There is no way back but `cut`. */
  silence(): void {
    this.#isSilent = true;
  }

  /** Resets all connections and answers how many there were; new ones are served as at the start. */
  cut(): number {
    const count = this.#lines.size;
    this.#isSilent = false;
    for (const { near, far } of this.#lines) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
    this.#lines.clear();
    return count;
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #open(near: Socket): void {
    // A silent way takes the connection and never answers.
    const far = connect({ port: this.#target, host: "localhost", autoSelectFamily: true });
    const line = { near, far };
    this.#lines.add(line);
    this.#pass(line, near, far);
    this.#pass(line, far, near);
  }

  #pass(line: Line, from: Socket, to: Socket): void {
    const later = (act: () => void) => {
      const unlessSilent = () => void (this.#isSilent || act());
      if (this.#delay > 0) setTimeout(unlessSilent, this.#delay);
      else unlessSilent();
    };
    from.setNoDelay(true);
    from.on("data", (bytes) => later(() => to.writable && to.write(bytes)));
    from.on("error", () => {});
    from.on("close", () =>
      later(() => {
        to.destroySoon();
        this.#lines.delete(line);
      }),
    );
  }
}
