// Stands between a browser and the server like a bad network: while it is shut, WebSockets are cut and refused;
// pages still load, so that a reload without a connection can be tried.
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface Gate {
  url: string;
  shut(): void;
  open(): void;
  close(): Promise<void>;
}

/** A gate in front of `target` (http://host:port), open at first. */
export async function createGate(target: string): Promise<Gate> {
  const { hostname, port } = new URL(target);
  const webSockets = new Set<Socket>();
  const all = new Set<Socket>();
  let isShut = false;

  const server = createServer((socket) => {
    all.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => {
      all.delete(socket);
      webSockets.delete(socket);
    });
    socket.once("data", (first) => {
      if (first.toString("latin1", 0, 8).startsWith("GET /ws/")) {
        if (isShut) return socket.destroy();
        webSockets.add(socket);
      }
      const upstream = connect(Number(port), hostname);
      upstream.on("error", () => socket.destroy());
      upstream.on("close", () => socket.destroy());
      socket.on("close", () => upstream.destroy());
      upstream.write(first);
      socket.pipe(upstream).pipe(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    shut: () => {
      isShut = true;
      for (const socket of webSockets) socket.destroy();
    },
    open: () => {
      isShut = false;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of all) socket.destroy();
      }),
  };
}
