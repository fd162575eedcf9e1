// What a batch asked for, encoded when all of it is applied. Encoding takes its time as well: it is counted for whoever
// asked, and so is what it makes, since two who know different things are told different things.
import { CLOSE } from "#lib/protocol.ts";
import { type Meter, TOO_LONG } from "./effort.ts";
import type { Replies } from "./replies.ts";
import { Joiner } from "./same-frames.ts";
import type { Taken } from "./taken.ts";

/** Bytes of different answers after which the other answers of a batch are for another time. */
const AT_ONCE = 32 * 1024 * 1024;

/** Whoever is not answered starts over. */
export function giveAnswers({ asked, outcome }: Taken, replies: Replies, meter: Meter): void {
  const joiner = new Joiner();
  const said = new Set<Uint8Array>();
  let bytes = 0;
  const started = meter.now();
  for (const { connection, userId, options, answers } of asked) {
    const before = meter.begin();
    if (bytes > AT_ONCE || before - started > TOO_LONG || !meter.allows(userId)) {
      outcome.violations.push({ connection, code: CLOSE.fellBehind, reason: "too much is asked for at a time" });
      continue;
    }
    const messages = answers.flatMap((answer) => answer());
    replies.give(outcome, connection, options, messages, joiner);
    for (const message of messages) {
      if (!said.has(message)) bytes += message.length;
      said.add(message);
    }
    meter.spend(userId, meter.now() - before);
  }
}
