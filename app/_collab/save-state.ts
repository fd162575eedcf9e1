// What the page says about the safety of the words on it. Pure: facts and a time in, what to say out (the words are
// collab.save in app/_i18n/messages/). Keyed on local edits that are not acknowledged, not on connectivity. "saved" is
// never said while an edit is pending, not for an instant; so that it does not flicker while somebody types, it is
// "saved" that waits, not "saving".

export interface SaveFacts {
  /** The socket is open and the server's state has arrived. */
  connected: boolean;
  /** There are local edits that are not known to be committed. */
  pending: boolean;
  /** Every local edit is committed, and this connection has proved it. */
  settled: boolean;
  /** The local copy works and holds every local edit. */
  kept: boolean;
}

export interface SaveState {
  facts: SaveFacts;
  /** When the last pending edit was acknowledged. */
  settledAt: number;
  everSettled: boolean;
  /** The connection was lost with edits pending, and they have not been saved since. */
  owing: boolean;
  /** Until when to say that a reconnect saved them. */
  relieved: number;
}

export type SaveTone = "quiet" | "attention" | "harm";

export type SaveLabel =
  | "saved"
  | "all-saved"
  | "saving"
  | "connecting"
  | "offline"
  | "read-only"
  | "kept"
  | "not-saved";

export interface SaveView {
  label: SaveLabel;
  tone: SaveTone;
  /** Routine changes are shown but not read out. */
  announce: boolean;
  /** When the view will be another one although nothing happens; null if never. */
  until: number | null;
}

/** ms that everything must be saved before "saving" becomes "saved". */
export const SETTLE = 400;
/** ms for which "all-saved" stays. */
export const RELIEF = 3_000;

export const initialSaveState: SaveState = {
  facts: { connected: false, pending: false, settled: false, kept: true },
  settledAt: Number.NEGATIVE_INFINITY,
  everSettled: false,
  owing: false,
  relieved: Number.NEGATIVE_INFINITY,
};

export function nextSaveState(state: SaveState, facts: SaveFacts, now: number): SaveState {
  const owing = (state.owing || (!facts.connected && facts.pending)) && !(facts.connected && facts.settled);
  const becameSettled = facts.settled && !state.facts.settled;
  return {
    facts,
    owing,
    everSettled: state.everSettled || facts.settled,
    settledAt: becameSettled && state.everSettled ? now : state.settledAt,
    relieved: state.owing && !owing ? now + RELIEF : state.relieved,
  };
}

export function viewSaveState(state: SaveState, now: number): SaveView {
  const { connected, pending, settled, kept } = state.facts;
  if (connected && settled) {
    if (now < state.relieved) return view("all-saved", "quiet", true, state.relieved);
    if (now < state.settledAt + SETTLE) return view("saving", "quiet", false, state.settledAt + SETTLE);
    return view("saved", "quiet", false);
  }
  if (connected) return pending || state.everSettled ? view("saving", "quiet", false) : view("connecting", "quiet");
  if (pending && !kept) return view("not-saved", "harm");
  if (pending) return view("kept", "attention");
  return view("offline", "attention");
}

function view(label: SaveLabel, tone: SaveTone, announce = true, until: number | null = null): SaveView {
  return { label, tone, announce, until };
}
