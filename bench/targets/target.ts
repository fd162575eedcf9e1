// What every target is to the scenarios: processes that can be measured, rooms that can be connected to. How it is
// started is the business of the files beside this one; index.ts is the list.
import type { Seat } from "../load/member.ts";

export interface StartOptions {
  /** A folder for its data; removed afterwards by whoever made it. */
  folder: string;
  /** A built tree of this project. */
  tree: string;
  /** How many of each, where the target lets one choose. */
  servers?: number;
  workers?: number;
  /** ms that an empty room stays in memory, where the target lets one choose. */
  removeRoomDelay?: number;
  /** For scenarios about storage: keep documents on disk where there is a choice, count what is written there. */
  stored?: boolean;
  /** Node arguments by name of part, for profiles. */
  nodeArguments?: string[];
}

/** What has been written to storage since the target was started, in bytes. */
export interface Written {
  /** What was edited, as rows of a log. */
  log: number;
  /** Whole documents. */
  snapshots: number;
  /** What the database wrote to disk for it (its write-ahead log); null where it does not say. */
  disk: number | null;
}

export interface RunningTarget {
  /** Process ids by name of part; their children count with them. */
  parts(): Record<string, number[]>;
  /** Makes `count` new empty documents and answers their names. */
  makeRooms(count: number): Promise<string[]>;
  /** Where member `index` of a room connects to. `extended` asks for "saved" where there is such a thing. */
  seat(room: string, index: number, extended?: boolean): Seat;
  /** Ends a part by SIGKILL, or everything. */
  kill(part: string): Promise<void>;
  /** Starts again what was killed; resolves when clients can connect. */
  restart(): Promise<void>;
  /** Only where something is stored. */
  written?(): Promise<Written>;
  stop(): Promise<void>;
}

export interface Target {
  name: string;
  /** What tables call it. */
  label: string;
  /** Parts to kill in turns in the crash scenario; empty if it stores nothing. */
  crashes: string[];
  /** What another target is called that carries the same load; this one is only asked about storage. */
  sameLoadAs?: string;
  /** Whether it takes an empty room out of memory, so that a join can be cold. */
  unloads: boolean;
  start(options: StartOptions): Promise<RunningTarget>;
}
