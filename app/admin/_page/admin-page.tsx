// What runs now: what is wrong with it, if anything, every room with who is in it, every process. The figures come anew
// every few seconds; rows keep their place in the page's memory, so focus and what is unfolded stay.
"use client";

import { FileDown, TriangleAlert, Users } from "lucide-react";
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { Button } from "#app/_ui/button.tsx";
import { ConfirmDialog, type Question } from "#app/_ui/confirm-dialog.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { notify, notifyError } from "#app/_ui/notify.ts";
import { keepFocusNear } from "#app/documents/_list/focus.ts";
import type { ConnectionReport, DumpResult } from "#lib/reports.ts";
import type { NamedOverview, OverviewRoom } from "../_data/overview.ts";
import { AdminSkeleton } from "./admin-skeleton.tsx";
import { Dumps } from "./dumps.tsx";
import { useExplain } from "./explain.ts";
import { ProcessList } from "./process-list.tsx";
import { closeConnection, closeRoom, writeDumps } from "./requests.ts";
import { nameOf, RoomRow } from "./room-row.tsx";
import { useOverview } from "./use-overview.ts";
import { ranges } from "./words.ts";

export function AdminPage() {
  const [words, common] = [useTranslations("admin"), useTranslations("common")];
  const explain = useExplain();
  const { overview, problem, refresh } = useOverview();
  const [question, setQuestion] = useState<Question | null>(null);
  const [dumps, setDumps] = useState<DumpResult[]>([]);
  const [isWriting, setWriting] = useState(false);
  const list = useRef<HTMLUListElement>(null);

  const act = async (work: () => Promise<void>, done: string) => {
    try {
      await work();
      notify(done);
    } catch (error) {
      notifyError(explain(error));
    }
    await refresh();
  };

  const askToCloseRoom = (room: OverviewRoom) =>
    setQuestion({
      title: words("closeRoomTitle", { name: nameOf(room, common("untitled")) }),
      text: words("closeRoomText"),
      action: words("closeRoom"),
      onConfirm: () => void act(() => closeRoom(room.name), words("roomClosed")),
    });

  const askToDisconnect = (room: OverviewRoom, connection: ConnectionReport) =>
    setQuestion({
      title: words("disconnectTitle", { person: connection.user.name }),
      text: words("disconnectText", { name: nameOf(room, common("untitled")) }),
      action: words("disconnect"),
      onConfirm: () => {
        const row = [...(list.current?.querySelectorAll("[data-id]") ?? [])].find(
          (item) => item.getAttribute("data-id") === connection.id,
        );
        const keepFocus = keepFocusNear(row, "button");
        void act(() => closeConnection(connection.id), words("disconnected", { person: connection.user.name })).then(
          keepFocus,
        );
      },
    });

  const dump = async () => {
    setWriting(true);
    try {
      const written = await writeDumps();
      flushSync(() => setDumps(written));
    } catch (error) {
      notifyError(explain(error));
    }
    setWriting(false);
  };

  return (
    <div className="mx-auto max-w-4xl px-4 pt-6 pb-24 sm:px-8 sm:pt-14">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
        <h1 tabIndex={-1} className="text-2xl font-semibold tracking-tight outline-none">
          {common("whatRuns")}
        </h1>
        <Button onClick={() => void dump()} disabled={isWriting}>
          <FileDown aria-hidden size={18} strokeWidth={1.75} />
          {words("dump")}
        </Button>
      </div>
      {overview ? <Summary overview={overview} /> : null}
      {problem ? <Outdated problem={explain(problem)} hasFigures={overview !== null} /> : null}
      <Dumps dumps={dumps} />
      {overview ? (
        <>
          <h2 className="mt-8 text-base font-semibold">{words("rooms")}</h2>
          {overview.rooms.length === 0 ? (
            <NoRooms isKnown={overview.partitions.every(({ state }) => state === "owned")} />
          ) : (
            <ul ref={list} className="mt-2" aria-label={words("roomsList")}>
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
            <p className="mt-3 text-ink-2">{words("more", { count: overview.totalRooms - overview.rooms.length })}</p>
          ) : null}
          <h2 className="mt-10 text-base font-semibold">{words("processes")}</h2>
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
  const words = useTranslations("admin");
  const connections = overview.rooms.reduce((sum, room) => sum + room.connections.length, 0);
  const people = new Set(overview.rooms.flatMap((room) => room.connections.map(({ user }) => user.id))).size;
  const [orphans, silent] = [partitionsIn(overview, "no-owner", words), partitionsIn(overview, "silent", words)];
  return (
    <>
      <p className="mt-1 text-ink-2 tabular">
        {words(orphans || silent ? "known" : "summary", {
          rooms: words("count.rooms", { count: overview.totalRooms }),
          connections: words("count.connections", { count: connections }),
          people: words("count.people", { count: people }),
        })}
      </p>
      <div role="status">
        {orphans ? <Alarm>{words("noOwner", { partitions: orphans })}</Alarm> : null}
        {silent ? <Alarm>{words("silent", { partitions: silent })}</Alarm> : null}
      </div>
    </>
  );
}

function NoRooms({ isKnown }: { isKnown: boolean }) {
  const words = useTranslations("admin");
  return (
    <EmptyState icon={<Users size={40} strokeWidth={1.25} />} title={words(isKnown ? "noRoom" : "unknownRooms")}>
      {words(isKnown ? "noRoomText" : "unknownRoomsText")}
    </EmptyState>
  );
}

/** "partitions 0–3 and 7", of which channel if there are several; empty if no partition is in that state. */
function partitionsIn(
  { partitions }: NamedOverview,
  wanted: "no-owner" | "silent",
  words: ReturnType<typeof useTranslations<"admin">>,
): string {
  const channels = new Map<string, number[]>();
  for (const { channel, partition, state } of partitions) {
    const numbers = channels.get(channel) ?? [];
    channels.set(channel, state === wanted ? [...numbers, partition] : numbers);
  }
  return [...channels]
    .filter(([, numbers]) => numbers.length > 0)
    .map(([channel, numbers]) => {
      const text = words("partitions", { count: numbers.length, numbers: ranges(numbers) });
      return channels.size === 1 ? text : words("partitionsOf", { partitions: text, channel });
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
  const words = useTranslations("admin");
  return (
    <p role="alert" className="mt-4 rounded-lg bg-bad/8 px-3 py-2">
      {problem} {words(hasFigures ? "lastFigures" : "trying")}
    </p>
  );
}
