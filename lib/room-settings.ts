// What an operator may say about room types without a new build: YROOM_SETTINGS, JSON of the form
// `{"<prefix>": {"removeRoomDelay": 60000}}`. Validated here, one line per bad setting; what the settings mean, and how
// they are merged, is room-types.ts' business.
import { z } from "zod";
import { mergeRoomTypes, type RoomSettings, STORAGES } from "#lib/room-types.ts";

const DAY = 86_400_000;
const ms = (max: number) => z.int().min(0).max(max);

const settings = z.strictObject({
  channel: z.string().regex(/^[\w-]{1,64}$/, "letters, digits, - and _, at most 64"),
  removeRoomDelay: ms(DAY),
  storage: z.enum(STORAGES),
  protocolVersion: z.union([z.literal(1), z.literal(2)], "must be 1 or 2"),
  protocolNamePrefix: z.boolean(),
  serverStartSync: z.boolean(),
  disablePipelining: z.boolean(),
  autosaveDelay: ms(60_000),
  autosaveMaxWait: ms(60_000),
  compactAfter: z.int().min(1).max(100_000),
});

const prefix = z.string().regex(/^[\w-]{1,64}$/, "a prefix has letters, digits, - and _, at most 64");

const table = z.record(prefix, settings.partial()).superRefine((given, context) => {
  for (const [name, type] of Object.entries(mergeRoomTypes(given as RoomSettings))) {
    if (type.autosaveDelay <= type.autosaveMaxWait) continue;
    const message = `must be at least autosaveDelay (${type.autosaveDelay}), is ${type.autosaveMaxWait}`;
    context.addIssue({ code: "custom", path: [name, "autosaveMaxWait"], message });
  }
});

/** The value of the environment variable; absent means no settings. */
export const roomSettings = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch (error) {
      context.addIssue({ code: "custom", message: `not JSON: ${error instanceof Error ? error.message : error}` });
      return z.NEVER;
    }
  })
  .pipe(table)
  .transform((given): RoomSettings => given as RoomSettings);
