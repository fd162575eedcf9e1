// The commands of `people`: what each is given, what it does to an account (prisma/people/accounts.ts), and what the
// operator reads then. Opens nothing and prints nothing; prisma/people.ts does.
import { parseArgs } from "node:util";
import { z } from "zod";
import type { PrismaClient } from "#prisma/client.ts";
import { makePassword } from "#prisma/password.ts";
import * as accounts from "#prisma/people/accounts.ts";
import { HELP } from "#prisma/people/help.ts";
import { rightsOf, tableOf } from "#prisma/people/table.ts";
import { hasPublishedPassword } from "#prisma/seed/demo-accounts.ts";

/** The command line says nothing that could be done. The message is one line. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code = "USAGE";
}

export interface Tools {
  db: PrismaClient;
  /** Whether demo accounts may be open (SEED_DEMO). */
  isDemo: boolean;
  /** What came by standard input; null if one is to be made up. */
  password: string | null;
}

export interface Command {
  /** Whether a password has to be read from standard input first. */
  readsPassword: boolean;
  /** Answers what to print. Throws a Refusal. */
  run(tools: Tools): Promise<string>;
}

/** Of an account that exists, however it came to be. */
const known = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^\P{Cc}{1,320}$/u, "is not an e-mail address");
const email = known.pipe(z.email("is not an e-mail address"));
const name = z
  .string("is missing")
  .trim()
  .regex(/^\P{Cc}{1,100}$/u, "must have 1 to 100 characters");
const flag = z.boolean().default(false);
const change = z.boolean().optional();

/** Every option that some command has. */
const OPTIONS = {
  name: { type: "string" },
  admin: { type: "boolean" },
  staff: { type: "boolean" },
  stdin: { type: "boolean" },
} as const;

const commands = {
  list: define(z.strictObject({}), async (_, { db }) => tableOf(await accounts.listPeople(db))),

  add: define(z.strictObject({ email, name, admin: flag, stdin: flag }), async (given, { db, password }) => {
    const chosen = password ?? makePassword();
    await accounts.addPerson(db, { email: given.email, name: given.name, isAdmin: given.admin, password: chosen });
    return `Added ${given.email}${password === null ? `, password: ${chosen}` : ""}`;
  }),

  password: define(z.strictObject({ email: known, stdin: flag }), async ({ email }, { db, password }) => {
    const chosen = password ?? makePassword();
    const { isActive } = await accounts.setPassword(db, email, chosen);
    const line = `${email} is signed out, and has a new password${password === null ? `: ${chosen}` : ""}`;
    return isActive ? line : `${line}\nThe account is not active: “people activate ${email}” lets them in.`;
  }),

  set: define(
    z
      .strictObject({ email: known, name: name.optional(), staff: change, admin: change })
      .refine(({ email: _, ...changes }) => Object.keys(changes).length > 0, {
        path: ["set"],
        message: "needs --name, --staff, --no-staff, --admin or --no-admin",
      }),
    async ({ email, name, staff, admin }, { db }) => {
      const { after } = await accounts.changePerson(db, email, { name, isStaff: staff, isAdmin: admin });
      return tableOf([after]);
    },
  ),

  "sign-out": define(z.strictObject({ email: known }), async ({ email }, { db }) => {
    await accounts.signOut(db, email);
    return `${email} is signed out.`;
  }),

  deactivate: define(z.strictObject({ email: known }), async ({ email }, { db }) => {
    const { before } = await accounts.changePerson(db, email, { isActive: false });
    const line = before.isActive ? `${email} is signed out, and cannot log in any more.` : `${email} was not active.`;
    if (!(await hasPublishedPassword(before))) return line;
    return `${line}\nA start with SEED_DEMO=true opens this demo account again, unless it gets another password.`;
  }),

  activate: define(z.strictObject({ email: known }), async ({ email }, { db, isDemo }) => {
    if (!isDemo && (await hasPublishedPassword(await accounts.findPerson(db, email)))) {
      throw new accounts.Refusal(`${email} has the demo's published password: “people password ${email}” first.`);
    }
    const { before, after } = await accounts.changePerson(db, email, { isActive: true });
    if (before.isActive) return `${email} was active.`;
    return `${email} can log in again; rights: ${rightsOf(after)}`;
  }),
};

/** What the words behind `people` mean; a string is help to print. Throws a UsageError. */
export function understand(args: string[]): Command | string {
  if (args.includes("--help") || args[0] === "help") return HELP;
  const [word = "", ...rest] = args;
  if (!Object.hasOwn(commands, word)) throw new UsageError(`There is no command “${word}”.`);
  const { takesEmail, understand } = commands[word as keyof typeof commands];
  const { values, positionals } = split(rest);
  // Not repeated in the message: it may be a password.
  if (positionals.length > 1 || (positionals.length > 0 && !takesEmail))
    throw new UsageError("That is a word too many.");
  if (positionals.length === 0 && takesEmail) throw new UsageError(`“people ${word}” needs an e-mail address.`);
  return understand({ ...values, ...(takesEmail ? { email: positionals[0] } : {}) });
}

function split(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true, allowNegative: true });
  } catch (error) {
    // Node goes on to explain words that begin with a dash.
    throw new UsageError(`${(error as Error).message.split(". ")[0]}.`);
  }
}

function define<Schema extends z.ZodObject>(
  schema: Schema,
  run: (given: z.output<Schema>, tools: Tools) => Promise<string>,
) {
  return {
    takesEmail: "email" in schema.shape,
    understand(words: object): Command {
      const { success, data, error } = schema.safeParse(words);
      if (!success) throw new UsageError(describe(error.issues[0]));
      return { readsPassword: "stdin" in data && data.stdin === true, run: (tools) => run(data, tools) };
    },
  };
}

function describe(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === "unrecognized_keys") return `This command has no option --${issue.keys[0]}.`;
  const subject = String(issue?.path[0]);
  return `${subject === "email" ? "This" : subject === "set" ? "“people set”" : `--${subject}`} ${issue?.message}.`;
}
