// What runs now: what is wrong with it, if anything, every room with who is in it, every process. The figures come anew
// every few seconds; rows keep their place in the page's memory, so focus and what is unfolded stay.
"use client";

import { FileDown, TriangleAlert, Users } from "lucide-react";
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { toast } from "sonner";
import { Button } from "#app/_ui/button.tsx";
import { ConfirmDialog, type Question } from "#app/_ui/confirm-dialog.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { keepFocusNear } from "#app/documents/_list/focus.ts";
import type { ConnectionReport, DumpResult } from "#lib/reports.ts";
import type { NamedOverview, OverviewRoom } from "../_data/overview.ts";
import { AdminSkeleton } from "./admin-skeleton.tsx";
import { Dumps } from "./dumps.tsx";
import { ProcessList } from "./process-list.tsx";
import { closeConnection, closeRoom, writeDumps } from "./requests.ts";
import { nameOf, RoomRow } from "./room-row.tsx";
import { useOverview } from "./use-overview.ts";
import { count, ranges } from "./words.ts";

export function AdminPage() {
  const { overview, problem, refresh } = useOverview();
  const [question, setQuestion] = useState<Question | null>(null);
  const [dumps, setDumps] = useState<DumpResult[]>([]);
  const [isWriting, setWriting] = useState(false);
  const list = useRef<HTMLUListElement>(null);

  const act = async (work: () => Promise<void>, done: string) => {
    try {
      await work();
      toast(done);
    } catch (error) {
      toast.error(error instanceof Error ? error.message : String(error));
    }
    await refresh();
  };

  const askToCloseRoom = (room: OverviewRoom) =>
    setQuestion({
      title: `Close the room of “${nameOf(room)}”?`,
      text: "It is saved and loaded anew. Everybody in it is disconnected and comes back by themselves within seconds; nothing they wrote is lost.",
      action: "Close room",
      onConfirm: () => void act(() => closeRoom(room.name), "The room was saved and closed. People are coming back."),
    });

  const askToDisconnect = (room: OverviewRoom, connection: ConnectionReport) =>
    setQuestion({
      title: `Disconnect ${connection.user.name}?`,
      text: `Their page of “${nameOf(room)}” says that an administrator closed the connection, keeps what was not sent, and offers to connect again. Other pages of theirs stay connected.`,
      action: "Disconnect",
      onConfirm: () => {
        const row = [...(list.current?.querySelectorAll("[data-id]") ?? [])].find(
          (item) => item.getAttribute("data-id") === connection.id,
        );
        const keepFocus = keepFocusNear(row, "button");
        void act(() => closeConnection(connection.id), `${connection.user.name} was disconnected.`).then(keepFocus);
      },
    });

  const dump = async () => {
    setWriting(true);
    try {
      const written = await writeDumps();
      flushSync(() => setDumps(written));
    } catch (error) {
      toast.error(error instanceof Error ? error.message : String(error));
    }
    setWriting(false);
  };

  return (
    <div className="mx-auto max-w-4xl px-4 pt-6 pb-24 sm:px-8 sm:pt-14">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
        <h1 tabIndex={-1} className="text-2xl font-semibold tracking-tight outline-none">
          What runs now
        </h1>
        <Button onClick={() => void dump()} disabled={isWriting}>
          <FileDown aria-hidden size={18} strokeWidth={1.75} />
          Write a diagnostic dump
        </Button>
      </div>
      {overview ? <Summary overview={overview} /> : null}
      {problem ? <Outdated problem={problem} hasFigures={overview !== null} /> : null}
      <Dumps dumps={dumps} />
      {overview ? (
        <>
          <h2 className="mt-8 text-base font-semibold">Rooms</h2>
          {overview.rooms.length === 0 ? (
            <NoRooms isKnown={overview.partitions.every(({ state }) => state === "owned")} />
          ) : (
            <ul ref={list} className="mt-2" aria-label="Rooms, the fullest first">
              {overview.rooms.map((room) => (
                <RoomRow
                  key={`${room.channel} ${room.name}`}
                  room={room}
                  onClose={() => askToCloseRoom(room)}
                  onDisconnect={(connection) => askToDisconnect(room, connection)}
                />
              ))}
            </ul>
          )}
          {overview.totalRooms > overview.rooms.length ? (
            <p className="mt-3 text-ink-2">And {count(overview.totalRooms - overview.rooms.length, "emptier room")}.</p>
          ) : null}
          <h2 className="mt-10 text-base font-semibold">Servers and workers</h2>
          <ProcessList overview={overview} />
        </>
      ) : problem ? null : (
        <AdminSkeleton />
      )}
      <ConfirmDialog question={question} onClose={() => setQuestion(null)} />
    </div>
  );
}

function Summary({ overview }: { overview: NamedOverview }) {
  const connections = overview.rooms.reduce((sum, room) => sum + room.connections.length, 0);
  const people = new Set(overview.rooms.flatMap((room) => room.connections.map(({ user }) => user.id))).size;
  const [orphans, silent] = [partitionsIn(overview, "no-owner"), partitionsIn(overview, "silent")];
  return (
    <>
      <p className="mt-1 text-ink-2 tabular">
        {orphans || silent ? "Known: " : ""}
        {count(overview.totalRooms, "room")}, {count(connections, "connection")} of {count(people, "person", "people")}
      </p>
      <div role="status">
        {orphans ? (
          <Alarm>
            {`No worker owns ${orphans}. Writing in these rooms goes on, and reaches the others when a worker takes over.`}
          </Alarm>
        ) : null}
        {silent ? <Alarm>{`No answer in time from the worker of ${silent}. Its rooms are not shown.`}</Alarm> : null}
      </div>
    </>
  );
}

function NoRooms({ isKnown }: { isKnown: boolean }) {
  return (
    <EmptyState
      icon={<Users size={40} strokeWidth={1.25} />}
      title={isKnown ? "No room is open" : "Which rooms are open is not known now"}
    >
      {isKnown
        ? "A room appears here when somebody opens its document, and goes half a minute after the last one left."
        : "They appear when the workers that own them answer."}
    </EmptyState>
  );
}

/** "partitions 0–3 and 7", of which channel if there are several; empty if no partition is in that state. */
function partitionsIn({ partitions }: NamedOverview, wanted: "no-owner" | "silent"): string {
  const channels = new Map<string, number[]>();
  for (const { channel, partition, state } of partitions) {
    const numbers = channels.get(channel) ?? [];
    channels.set(channel, state === wanted ? [...numbers, partition] : numbers);
  }
  return [...channels]
    .filter(([, numbers]) => numbers.length > 0)
    .map(([channel, numbers]) => {
      const words = `${numbers.length === 1 ? "partition" : "partitions"} ${ranges(numbers)}`;
      return channels.size === 1 ? words : `${words} of ${channel}`;
    })
    .join(", ");
}

function Alarm({ children }: { children: string }) {
  return (
    <p className="mt-3 flex items-start gap-2 font-medium text-warn">
      <TriangleAlert aria-hidden size={18} strokeWidth={1.75} className="mt-px shrink-0" />
      {children}
    </p>
  );
}

function Outdated({ problem, hasFigures }: { problem: string; hasFigures: boolean }) {
  return (
    <p role="alert" className="mt-4 rounded-lg bg-bad/8 px-3 py-2">
      {problem} {hasFigures ? "These are the last figures that came; trying again." : "Trying again."}
    </p>
  );
}
