// Every byte that a room of channels-yroom would say, and ours instead where it differs (docs/protocol.md). A case is a
// story: what is stored, what comes in, what goes to the sender (>) and what to everybody (*).
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import type { ClientOptions } from "#lib/messages.ts";
import { personColor } from "#lib/palette.ts";
import { type RoomType, roomTypeOf } from "#lib/room-types.ts";
import { fromHex, toHex } from "#worker/testing/hex.ts";
import type { Connection, Outcome } from "./outcome.ts";
import { Room } from "./room.ts";

const WRITER: ClientOptions = {
  allowWrite: true,
  allowWriteAwareness: true,
  extended: false,
  framing: "y-websocket",
};
const READER: ClientOptions = { ...WRITER, allowWrite: false };
const SILENT: ClientOptions = { ...WRITER, allowWriteAwareness: false };
const HOCUSPOCUS: ClientOptions = { ...WRITER, framing: "hocuspocus" };

/** Text `test` = "hello ", as channels-yroom's own tests store it. */
const HELLO = "0101e9db9a900100040104746573740668656c6c6f2000";
const STEP1_EMPTY = "00000100";
const STEP1_HELLO = "00000701e9db9a900106";
const STEP2_EMPTY = "0001020000";
const STEP2_HELLO = `000117${HELLO}`;
const UPDATE_HELLO = `000217${HELLO}`;
/** An awareness update with nobody in it. */
const NOBODY = "010100";
/** Client 5, clock 1, `{}`; in the second form the room has stamped who it is. */
const FIVE = "0106010501027b7d";
const FIVE_STAMPED = JSON.stringify({ user: { id: "u-ana", name: "Ana", color: personColor(0), hue: 0 } });

function connection(options: ClientOptions): Connection {
  return { id: "ana", member: { id: "u-ana", name: "Ana", color: 0 }, options };
}

function said({ replies, broadcast }: Outcome): string[] {
  return [...replies.map(({ frame }) => `> ${toHex(frame)}`), ...broadcast.map((frame) => `* ${toHex(frame)}`)];
}

interface Story {
  settings?: Partial<RoomType>;
  options?: ClientOptions;
  stored?: string;
  /** What is said on connect. */
  connect?: string[];
  /** A frame, and what is said to it. */
  frames?: [frame: string, ...said: string[]][];
  /** The document in the end, in V1; what is stored, by default. */
  ends?: string;
}

function tell({ settings, options = WRITER, stored, connect, frames = [], ends = stored ?? "0000" }: Story): void {
  const room = new Room("r", { ...roomTypeOf("default"), ...settings }, stored ? [fromHex(stored)] : []);
  const first = said(room.connect(connection(options)));
  if (connect) expect(first).toEqual(connect);
  for (const [index, [frame, ...expected]] of frames.entries()) {
    const outcome = room.receive(
      [
        {
          connection: "ana",
          sequence: index + 1,
          userId: "u-ana",
          options,
          relayedBy: null,
          answered: false,
          frame: fromHex(frame),
        },
      ],
      0,
    );
    expect(said(outcome), `frame ${index + 1}`).toEqual(expected);
    expect(outcome.violations, `frame ${index + 1}`).toEqual([]);
  }
  expect(toHex(room.encodeState())).toBe(ends);
}

const withoutPipelining = { disablePipelining: true };
const silentStart = { serverStartSync: false };

const stories: [title: string, story: Story][] = [
  ["[R1] an empty room says step 1", { connect: [`> ${STEP1_EMPTY}`] }],
  ["[R1] a stored snapshot is kept byte by byte", { stored: HELLO, connect: [`> ${STEP1_HELLO}`], ends: HELLO }],
  ["[R3] without serverStartSync nothing is said", { stored: HELLO, settings: silentStart, connect: [] }],
  [
    "[R2] step 1 with the same state: step 2 and awareness in one frame, even if empty",
    { stored: HELLO, frames: [[STEP1_HELLO, `> ${STEP2_EMPTY}${NOBODY}`]] },
  ],
  [
    "[R2] step 1 of an empty client: the whole document",
    { stored: HELLO, frames: [[STEP1_EMPTY, `> ${STEP2_HELLO}${NOBODY}`]] },
  ],
  [
    "[R2] without pipelining: a frame for each",
    { stored: HELLO, settings: withoutPipelining, frames: [[STEP1_EMPTY, `> ${STEP2_HELLO}`, `> ${NOBODY}`]] },
  ],
  [
    "[R3] without serverStartSync: step 2, step 1, awareness in one frame",
    { stored: HELLO, settings: silentStart, frames: [[STEP1_HELLO, `> ${STEP2_EMPTY}${STEP1_HELLO}${NOBODY}`]] },
  ],
  [
    "[R3] without serverStartSync and pipelining: three frames",
    {
      stored: HELLO,
      settings: { ...silentStart, ...withoutPipelining },
      frames: [[STEP1_HELLO, `> ${STEP2_EMPTY}`, `> ${STEP1_HELLO}`, `> ${NOBODY}`]],
    },
  ],
  [
    "[R7] a step 2 that brings something is told as an update",
    { frames: [[STEP2_HELLO, `* ${UPDATE_HELLO}`]], ends: HELLO },
  ],
  ["[R7] a step 2 that brings nothing is not told", { stored: HELLO, frames: [[STEP2_HELLO], [STEP2_EMPTY]] }],
  [
    "[R6] an update is told to everybody, its sender included",
    { frames: [[UPDATE_HELLO, `* ${UPDATE_HELLO}`]], ends: HELLO },
  ],
  ["[R4] an empty awareness is echoed", { frames: [[NOBODY, `* ${NOBODY}`]] }],
  [
    "[R4] [P7] an awareness is echoed with who it is",
    { frames: [[FIVE, `* ${withLength(`010501${textOf(FIVE_STAMPED)}`)}`]] },
  ],
  ["[R5] query awareness goes to the sender alone", { frames: [["03", `> ${NOBODY}`]] }],
  [
    "[R5] auth is answered by a refusal",
    { frames: [["02", `> 0201${textOf("The login session is the authentication.")}`]] },
  ],
  [
    "[R5] auth takes the rest of its frame with it",
    { frames: [[`0200${UPDATE_HELLO}`, `> 0201${textOf("The login session is the authentication.")}`]] },
  ],
  ...["04", "05", "0700", "08", "7f", "8001"].map((type): [string, Story] => [
    `[R5] type ${type} is passed over, with the rest of its frame`,
    { frames: [[`${type}${UPDATE_HELLO}`]] },
  ]),
  [
    "[R5] what stands before an unknown type counts",
    { frames: [[`${UPDATE_HELLO}0304${NOBODY}`, `> ${NOBODY}`, `* ${UPDATE_HELLO}`]], ends: HELLO },
  ],
  ["[R9] an empty frame says nothing", { frames: [[""]] }],
  [
    "[P6] a reader: step 2 and update are ignored, step 1 and query are answered",
    {
      options: READER,
      frames: [[STEP2_HELLO], [UPDATE_HELLO], [STEP1_EMPTY, `> ${STEP2_EMPTY}${NOBODY}`], ["03", `> ${NOBODY}`]],
    },
  ],
  [
    "[P6] a reader: an update behind a step 1, a query or an awareness does not pass",
    {
      options: READER,
      frames: [
        [`${STEP1_EMPTY}${UPDATE_HELLO}`, `> ${STEP2_EMPTY}${NOBODY}`],
        [`03${STEP2_HELLO}`, `> ${NOBODY}`],
        [`${NOBODY}${UPDATE_HELLO}${STEP1_EMPTY}`, `> ${STEP2_EMPTY}${NOBODY}`, `* ${NOBODY}`],
      ],
    },
  ],
  [
    "[P6] without allowWriteAwareness: awareness is ignored, also behind an update, which passes",
    {
      options: SILENT,
      frames: [[FIVE], [`${UPDATE_HELLO}${FIVE}`, `* ${UPDATE_HELLO}`], ["03", `> ${NOBODY}`]],
      ends: HELLO,
    },
  ],
  [
    "[H2] Hocuspocus' framing: silence, then step 1 and step 2, each in a frame; awareness only if asked or said",
    {
      options: HOCUSPOCUS,
      stored: HELLO,
      connect: [],
      frames: [
        [STEP1_HELLO, `> ${STEP1_HELLO}`, `> ${STEP2_EMPTY}`],
        [STEP1_EMPTY, `> ${STEP1_HELLO}`, `> ${STEP2_HELLO}`],
        ["03", `> ${NOBODY}`],
        [NOBODY, `* ${NOBODY}`],
        [STEP2_HELLO],
      ],
    },
  ],
  [
    "[H2] Hocuspocus' framing goes before the room type's settings",
    {
      options: HOCUSPOCUS,
      settings: { serverStartSync: false, disablePipelining: false },
      frames: [[STEP1_EMPTY, `> ${STEP1_EMPTY}`, `> ${STEP2_EMPTY}`]],
    },
  ],
];

describe("bytes", () => {
  test.each(stories)("%s", (_, story) => tell(story));
});

test("[R1] who connects later is told who is present", () => {
  const room = new Room("r", roomTypeOf("default"));
  room.connect(connection(WRITER));
  room.receive(
    [
      {
        connection: "ana",
        sequence: 1,
        userId: "u-ana",
        options: WRITER,
        relayedBy: null,
        answered: false,
        frame: fromHex(FIVE),
      },
    ],
    0,
  );
  const outcome = room.connect({ ...connection(WRITER), id: "ben" });
  const present = withLength(`010501${textOf(FIVE_STAMPED)}`);
  expect(said(outcome)).toEqual([`> ${STEP1_EMPTY}${present}`]);
});

test("[R4] who leaves is told with a null state, once", () => {
  const room = new Room("r", roomTypeOf("default"));
  room.connect(connection(WRITER));
  room.receive(
    [
      {
        connection: "ana",
        sequence: 1,
        userId: "u-ana",
        options: WRITER,
        relayedBy: null,
        answered: false,
        frame: fromHex(FIVE),
      },
    ],
    0,
  );
  // Client 5, "null".
  expect(said(room.disconnect("ana", 0))).toEqual([expect.stringMatching(/^\* 01080105..046e756c6c$/)]);
  expect(said(room.disconnect("ana", 0))).toEqual([]);
});

test("the stored bytes are what Yjs makes of the text", () => {
  const doc = new Y.Doc();
  doc.clientID = 302_427_625;
  doc.getText("test").insert(0, "hello ");
  expect(toHex(Y.encodeStateAsUpdate(doc))).toBe(HELLO);
});

/** A varString. */
function textOf(text: string): string {
  return Buffer.byteLength(text).toString(16).padStart(2, "0") + Buffer.from(text).toString("hex");
}

/** An awareness message around an awareness update. */
function withLength(update: string): string {
  return `01${(update.length / 2).toString(16).padStart(2, "0")}${update}`;
}
