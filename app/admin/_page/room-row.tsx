// One room that lives: its document, its figures, and who is in it.
import { ChevronRight, FileText } from "lucide-react";
import { useLocale, useTranslations } from "#app/_i18n/use-translations.tsx";
import { Avatar, Avatars } from "#app/_ui/avatar.tsx";
import { Button } from "#app/_ui/button.tsx";
import { Link } from "#app/_ui/link.tsx";
import { When } from "#app/documents/_list/when.tsx";
import type { ConnectionReport } from "#lib/reports.ts";
import type { OverviewRoom } from "../_data/overview.ts";
import { duration, size } from "./words.ts";

/** ms that edits usually take to the database at most; more is worth a look. */
const LATE = 2_000;

/** The document's title, or the room's name if it belongs to none. */
export function nameOf({ document, name }: OverviewRoom, untitled: string): string {
  return document ? document.title || untitled : name;
}

interface RoomRowProps {
  room: OverviewRoom;
  onClose(): void;
  onDisconnect(connection: ConnectionReport): void;
}

export function RoomRow({ room, onClose, onDisconnect }: RoomRowProps) {
  const [words, common] = [useTranslations("admin"), useTranslations("common")];
  const name = nameOf(room, common("untitled"));
  const people = [...new Map(room.connections.map(({ user }) => [user.id, user])).values()];
  return (
    <li className="border-b border-line px-1 py-3 sm:px-2">
      <div className="flex items-start gap-3">
        <FileText aria-hidden size={18} strokeWidth={1.5} className="mt-0.5 shrink-0 text-ink-3" />
        <div className="min-w-0 flex-1">
          {room.document ? (
            <Link
              href={`/documents/${room.document.id}`}
              className="block truncate rounded-sm font-medium hover:underline"
            >
              <bdi>{name}</bdi>
            </Link>
          ) : (
            <p className="truncate font-medium">{name}</p>
          )}
          <Figures room={room} />
        </div>
        <span className="hidden h-8 items-center sm:flex pointer-coarse:h-11">
          <Avatars people={people} label={words("inIt")} />
        </span>
        <Button onClick={onClose} aria-label={words("closeRoomOf", { name })}>
          {common("close")}
        </Button>
      </div>
      {room.connections.length > 0 ? (
        <details className="group mt-1 sm:ms-7">
          <summary className="-ms-1 inline-flex h-11 cursor-pointer list-none items-center gap-1 rounded-md pe-2 text-ink-2 hover:text-ink sm:h-8 pointer-coarse:h-11 [&::-webkit-details-marker]:hidden">
            <ChevronRight
              aria-hidden
              size={16}
              strokeWidth={1.75}
              className="transition-transform duration-100 group-open:rotate-90 rtl:-scale-x-100"
            />
            {words.rich("connectionsOf", {
              count: room.connections.length,
              name,
              more: (text) => <span className="sr-only">{text}</span>,
            })}
          </summary>
          <ul aria-label={words("connectionsTo", { name })}>
            {room.connections.map((connection) => (
              <Connection key={connection.id} connection={connection} onDisconnect={() => onDisconnect(connection)} />
            ))}
          </ul>
        </details>
      ) : null}
    </li>
  );
}

function Figures({ room }: { room: OverviewRoom }) {
  const words = useTranslations("admin");
  const locale = useLocale();
  const isLate = room.uncommitted !== null && room.uncommitted > LATE;
  return (
    <p className="mt-0.5 flex flex-wrap gap-x-3 text-xs text-ink-3 tabular">
      {room.state === "live" ? null : (
        <span className={`font-medium ${room.state === "refused" ? "text-bad" : "text-warn"}`}>
          {words(`state.${room.state}`)}
        </span>
      )}
      <bdi dir="ltr">{size(room.bytes, locale)}</bdi>
      {room.uncommitted === null ? (
        <span>{words("allStored")}</span>
      ) : (
        <span className={isLate ? "font-medium text-warn" : ""}>
          {words("notStored", { duration: duration(room.uncommitted, locale) })}
        </span>
      )}
      {room.waiting > 0 ? <span>{words("count.waiting", { count: room.waiting })}</span> : null}
      <span>{words.rich("opened", { when: () => <When at={room.since} /> })}</span>
      <span>{words("place", { worker: room.worker, partition: String(room.partition) })}</span>
      <span dir="ltr" className="basis-full truncate rtl:text-end">
        {room.name}
      </span>
    </p>
  );
}

function Connection({ connection, onDisconnect }: { connection: ConnectionReport; onDisconnect(): void }) {
  const words = useTranslations("admin");
  const { id, user, mayWrite } = connection;
  return (
    <li data-id={id} className="flex min-h-11 items-center gap-2.5 sm:min-h-10">
      <Avatar person={user} size={24} />
      <span className="min-w-0 flex-1">
        <span className="truncate">{user.name}</span>
        {mayWrite ? null : <span className="text-ink-3"> {words("readsOnly")}</span>}
        <span className="block truncate text-xs text-ink-3 tabular sm:ms-3 sm:inline">{id}</span>
      </span>
      <Button kind="bare" onClick={onDisconnect} aria-label={words("disconnectNamed", { person: user.name, id })}>
        {words("disconnect")}
      </Button>
    </li>
  );
}
