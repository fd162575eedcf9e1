// What the page says, as a table and as stories with a clock.
import { describe, expect, test } from "vitest";
import {
  initialSaveState,
  nextSaveState,
  RELIEF,
  type SaveFacts,
  type SaveState,
  SETTLE,
  viewSaveState,
} from "#app/_collab/save-state.ts";

const bools = [true, false];
const facts: SaveFacts[] = bools.flatMap((connected) =>
  bools.flatMap((pending) =>
    bools.flatMap((settled) =>
      bools.map((kept) => ({ connected, pending, settled: settled && !pending && connected, kept })),
    ),
  ),
);

/** Plays facts at their times. */
function play(...story: [time: number, facts: Partial<SaveFacts>][]): SaveState {
  let state = initialSaveState;
  for (const [time, change] of story) state = nextSaveState(state, { ...state.facts, ...change }, time);
  return state;
}

const saved = { connected: true, pending: false, settled: true };
const typing = { pending: true, settled: false };
const lost = { connected: false, settled: false };

describe("the table", () => {
  test.each([
    [{ connected: true, pending: false, settled: true, kept: true }, "saved", "quiet"],
    [{ connected: true, pending: true, settled: false, kept: true }, "saving", "quiet"],
    [{ connected: true, pending: true, settled: false, kept: false }, "saving", "quiet"],
    [{ connected: false, pending: false, settled: false, kept: true }, "offline", "attention"],
    [{ connected: false, pending: false, settled: false, kept: false }, "offline", "attention"],
    [{ connected: false, pending: true, settled: false, kept: true }, "kept", "attention"],
    [{ connected: false, pending: true, settled: false, kept: false }, "not-saved", "harm"],
    [{ connected: true, pending: false, settled: false, kept: true }, "connecting", "quiet"],
  ])("%j is %s", (given, label, tone) => {
    const state = nextSaveState(initialSaveState, given, 0);
    expect(viewSaveState(state, 10_000)).toMatchObject({ label, tone });
  });

  test.each(facts)("%j never says saved unless it is settled, whatever came before", (given) => {
    for (const before of facts) {
      const state = nextSaveState(nextSaveState(initialSaveState, before, 0), given, 10);
      for (const now of [10, 11, 10 + SETTLE, 10 + RELIEF, 100_000]) {
        const { label } = viewSaveState(state, now);
        if (label === "saved" || label === "all-saved") expect(given.settled && given.connected).toBe(true);
      }
    }
  });
});

describe("in time", () => {
  test("the first Saved comes at once, also when the page opens with nothing to save", () => {
    expect(viewSaveState(play([0, saved]), 0).label).toBe("saved");
  });

  test("Saving… from the first key; Saved once it has been true for a moment", () => {
    const state = play([0, saved], [1000, typing], [1050, saved]);
    expect(viewSaveState(state, 1050)).toMatchObject({ label: "saving", until: 1050 + SETTLE });
    expect(viewSaveState(state, 1050 + SETTLE)).toMatchObject({ label: "saved", until: null });
  });

  test("does not flicker while somebody types", () => {
    let state = play([0, saved]);
    const labels = new Set<string>();
    for (let now = 1000; now < 5000; now += 150) {
      state = nextSaveState(state, { ...state.facts, ...typing }, now);
      labels.add(viewSaveState(state, now + 20).label);
      state = nextSaveState(state, { ...state.facts, ...saved }, now + 40);
      labels.add(viewSaveState(state, now + 149).label);
    }
    expect([...labels]).toEqual(["saving"]);
  });

  test("after a reconnect that had something to send it says so once", () => {
    const state = play([0, saved], [1000, lost], [1100, typing], [2000, { connected: true }], [2100, saved]);
    expect(viewSaveState(state, 2100)).toMatchObject({
      label: "all-saved",
      announce: true,
      until: 2100 + RELIEF,
    });
    expect(viewSaveState(state, 2100 + RELIEF).label).toBe("saved");
    const later = nextSaveState(
      nextSaveState(state, { ...state.facts, ...typing }, 9000),
      { ...state.facts, ...saved },
      9100,
    );
    expect(viewSaveState(later, 9100 + SETTLE).label).toBe("saved");
  });

  test("after a reconnect with nothing to send it does not", () => {
    const state = play([0, saved], [1000, lost], [2000, { connected: true }], [2100, saved]);
    expect(viewSaveState(state, 2100 + SETTLE).label).toBe("saved");
  });

  test("typing while it says All changes saved takes that back at once", () => {
    const state = play([0, saved], [1, lost], [2, typing], [3, { connected: true }], [4, saved], [5, typing]);
    expect(viewSaveState(state, 5).label).toBe("saving");
  });

  test("routine changes are not read out, the others are", () => {
    expect(viewSaveState(play([0, saved]), 0).announce).toBe(false);
    expect(viewSaveState(play([0, saved], [1, typing]), 1).announce).toBe(false);
    expect(viewSaveState(play([0, saved], [1, lost]), 1).announce).toBe(true);
  });
});
