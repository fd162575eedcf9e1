// Whether a request would be answered: the database, the channel layer and a worker for every room.
import type { ChannelLayer } from "#lib/channel-layer/channel-layer.ts";
import type { Database } from "#prisma/client.ts";
import type { Consumers } from "./consumers.ts";

/** ms that the database gets to answer. */
const TIMEOUT = 3_000;

/** Rejects with one sentence that says what is missing. */
export async function checkReady(database: Database, layer: ChannelLayer, consumers: Consumers): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${TIMEOUT} ms`)), TIMEOUT);
  });
  try {
    await Promise.race([database.db.$queryRaw`SELECT 1`, late]);
  } catch (error) {
    throw new Error("The database does not answer.", { cause: error });
  } finally {
    clearTimeout(timer);
  }
  try {
    await layer.ping();
  } catch (error) {
    throw new Error(`The channel layer (${layer.name}) does not answer.`, { cause: error });
  }
  const reason = consumers.owners.whyNotReady();
  if (reason) throw new Error(`No worker answers: ${reason}.`);
}
