// The generator's process: carries out what generator-process.ts asks for, one command after the other.
import { type ActCommand, Crowd, type OpenCommand } from "./crowd.ts";
import { type JoinCommand, joinAll } from "./joiners.ts";

const crowd = new Crowd();

/** What the process can be asked for, by name. */
const commands = {
  open: (command: OpenCommand) => crowd.open(command),
  act: (command: ActCommand) => crowd.act(command),
  received: () => crowd.received(),
  clients: () => crowd.clients(),
  close: (politely: boolean) => crowd.close(politely),
  join: (command: JoinCommand) => joinAll(command),
};

export type Commands = typeof commands;

process.on("message", async ({ name, argument }: { name: keyof Commands; argument: never }) => {
  try {
    process.send?.({ result: await commands[name](argument) });
  } catch (error) {
    process.send?.({ error: error instanceof Error ? error.message : String(error) });
  }
});
process.on("disconnect", () => process.exit());
