// The generator's process: carries out what generator-process.ts asks for.
import { type ActCommand, Crowd, type OpenCommand } from "./crowd.ts";
import { type FillCommand, fill, type JoinCommand, joinAll } from "./joiners.ts";

const crowd = new Crowd();

/** What the process can be asked for, by name. */
const commands = {
  open: (command: OpenCommand) => crowd.open(command),
  act: (command: ActCommand) => crowd.act(command),
  cut: () => crowd.cut(),
  close: (politely: boolean) => crowd.close(politely),
  fill: (command: FillCommand) => fill(command),
  join: (command: JoinCommand) => joinAll(command),
};

export type Commands = typeof commands;

process.on("message", async ({ id, name, argument }: { id: number; name: keyof Commands; argument: never }) => {
  try {
    process.send?.({ id, result: await commands[name](argument) });
  } catch (error) {
    process.send?.({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
process.on("disconnect", () => process.exit());
