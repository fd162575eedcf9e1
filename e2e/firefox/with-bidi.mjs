#!/usr/bin/env node
// Starts the Firefox that is installed, for Playwright, and stands between the two: Playwright tells Firefox by WebDriver
// BiDi to emulate colour schemes and the like, which an older Firefox (the ESR) does not know and Playwright insists on.
// Such an answer becomes "done"; everything else passes as it is. Playwright's own Firefox is a build of its own.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { WebSocket, WebSocketServer } from "ws";
import { firefoxPath } from "../../scripts/test-tools.mjs";

const READY = /^(WebDriver BiDi listening on )(ws:\/\/.*)$/;

const firefox = spawn(firefoxPath(), process.argv.slice(2), { stdio: ["inherit", "inherit", "pipe"] });
firefox.on("exit", (code) => process.exit(code ?? 1));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => firefox.kill(signal));

for await (const line of createInterface({ input: firefox.stderr })) {
  const ready = READY.exec(line);
  if (!ready) console.error(line);
  else stand(ready[2]).then((url) => console.error(`${ready[1]}${url}`));
}

/** Answers the address at which Playwright finds us. */
function stand(firefoxUrl) {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  server.on("connection", (playwright, { url }) => {
    const browser = new WebSocket(firefoxUrl + url);
    const early = [];
    const emulations = new Set();
    playwright.on("message", (data) => {
      const { id, method } = JSON.parse(data);
      if (method.startsWith("emulation.")) emulations.add(id);
      if (browser.readyState === WebSocket.OPEN) browser.send(String(data));
      else early.push(String(data));
    });
    browser.on("open", () => {
      for (const text of early.splice(0)) browser.send(text);
    });
    browser.on("message", (data) => {
      const { id, error } = JSON.parse(data);
      const unknown = emulations.delete(id) && error === "unknown command";
      playwright.send(unknown ? JSON.stringify({ type: "success", id, result: {} }) : String(data));
    });
    playwright.on("close", () => browser.close());
    browser.on("close", () => playwright.close());
  });
  return new Promise((resolve) => server.on("listening", () => resolve(`ws://127.0.0.1:${server.address().port}`)));
}
