import { expect, test, vi } from "vitest";
import { Room } from "./room.ts";
import { joins, loneRoom } from "./testing/lone-room.ts";

test("a crowded room that fails while its edits are being committed releases what came meanwhile", async () => {
  let committed = () => {};
  const flushed = new Promise<void>((resolve) => {
    committed = resolve;
  });
  const { live, onGone } = loneRoom(flushed);
  live.take(Array.from({ length: 250 }, (_, connection) => joins(connection)));
  await vi.waitFor(() => expect(live.report().connections).toHaveLength(250));

  vi.spyOn(Room.prototype, "connect").mockImplementationOnce(() => {
    throw new Error("our own fault");
  });
  live.intake.add([joins(300)]);
  const late = joins(301);
  live.intake.add([late]);
  expect(late.release).not.toHaveBeenCalled();
  committed();
  await vi.waitFor(() => expect(onGone).toHaveBeenCalled());
  expect(late.release).toHaveBeenCalledOnce();
});
