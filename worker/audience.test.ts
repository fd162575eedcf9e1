import { expect, test } from "vitest";
import type { ServerMessage } from "#lib/messages.ts";
import { Audience } from "./audience.ts";

const [state, presence, other] = [Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)];

/** An audience with connections 1-3 on server a and 4 on server b, and what left it, by server. */
function gather() {
  const left: string[] = [];
  const audience = new Audience("prosemirror.d", "w1.1", (server, message) =>
    left.push(`${server}: ${describe(message)}`),
  );
  for (const connection of [1, 2, 3]) audience.join("a", connection, null);
  audience.join("b", 4, null);
  return { audience, left };
}

const book = { id: "s1", bytes: Uint8Array.of(9, 9, 9) };

function describe(message: ServerMessage): string {
  if (message.type === "own") return `own ${message.clients.map((pair) => pair.join(":")).join(" ")}`;
  if (message.type !== "forward") return message.type;
  const { at = 0, id = "", bytes = null, term = null } = message.state ?? {};
  const state = message.state ? ` with ${bytes ? "all of " : ""}${id} at ${at}${term ? "" : ", not lasting"}` : "";
  const frames = message.payloads.map((frame) => frame[0]).join(",");
  return `${message.to === "all" ? "all" : message.to.join("+")} ${frames}${state}`;
}

test("the same frames to many travel to each server once, at the end of the turn", async () => {
  const { audience, left } = gather();
  for (const id of ["a/1", "a/2", "b/4", "a/3"]) {
    audience.send(id, state);
    audience.send(id, presence);
  }
  expect(left).toEqual([]);
  await Promise.resolve();
  expect(left).toEqual(["a: 1+2+3 1,2", "b: 4 1,2"]);
});

test("frames that differ, or only look alike, travel by themselves; each connection keeps its order", async () => {
  const { audience, left } = gather();
  audience.send("a/1", state);
  audience.send("a/2", state);
  audience.send("a/2", other);
  audience.send("a/3", Uint8Array.from(state));
  await Promise.resolve();
  expect(left).toEqual(["a: 1 1", "a: 2 1,3", "a: 3 1"]);
});

test("a broadcast or a close does not overtake what was said before", async () => {
  const { audience, left } = gather();
  audience.send("a/1", state);
  audience.broadcast([other]);
  audience.send("a/1", presence);
  audience.close("a/1", 4400, "bye");
  await Promise.resolve();
  expect(left).toEqual(["a: 1 1", "a: all 3", "b: all 3", "a: 1 2", "a: close"]);
});

test("[R17] what a server has told its own people goes to the others, with what goes to everybody", () => {
  const { audience, left } = gather();
  const elsewhere = [
    { except: "a", frame: presence },
    { except: "gone", frame: other },
  ];
  audience.broadcast([state], elsewhere);
  audience.broadcast([], elsewhere.slice(0, 1));
  expect(left).toEqual(["a: all 1,3", "b: all 1,2,3", "b: all 2"]);
});

test("[R17] each server hears which clients are its connections' own", () => {
  const { audience, left } = gather();
  audience.own(["a/1", "b/4", "a/3"].map((connection, index) => ({ connection, client: 70 + index })));
  audience.own([]);
  expect(left).toEqual(["a: own 1:70 3:72", "b: own 4:71"]);
});

test("a state is sent where it is not, and named to who came when their server had it", async () => {
  const { audience, left } = gather();
  audience.join("a", 5, "s1");
  audience.join("a", 6, "an older one");
  for (const id of ["a/1", "a/5", "b/4", "a/6"]) {
    audience.send(id, presence);
    audience.send(id, other, book);
  }
  await Promise.resolve();
  expect(left).toEqual(["a: 1+6 2,3 with all of s1 at 1", "a: 5 2,3 with s1 at 1", "b: 4 2,3 with all of s1 at 1"]);
});

test("two states to one connection in a turn are two deliveries", async () => {
  const { audience, left } = gather();
  audience.send("a/1", other, book);
  audience.send("a/1", presence, { ...book, id: "s2" });
  await Promise.resolve();
  expect(left).toEqual(["a: 1 3 with all of s1 at 0", "a: 1 2 with all of s2 at 0"]);
});

test("[R18] a state says whether those it is for are told what follows it", async () => {
  const { audience, left } = gather();
  for (const id of ["a/1", "a/7"]) audience.send(id, presence, book);
  audience.part("a", 2);
  audience.send("a/2", presence, book);
  await Promise.resolve();
  expect(left).toEqual(["a: 1 2 with all of s1 at 0", "a: 7+2 2 with all of s1 at 0, not lasting"]);
});
