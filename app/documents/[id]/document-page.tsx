// One open document: top bar, notices, toolbar, title and text. Puts the parts together; each of them knows its own
// business.
"use client";

import { ArrowLeft, CircleHelp, Command, Search, TableOfContents, Type } from "lucide-react";
import type { Messages } from "next-intl";
import { useEffect, useMemo, useRef, useState } from "react";
import { ConnectionNotice } from "#app/_collab/connection-notice.tsx";
import { PresenceList } from "#app/_collab/presence-list.tsx";
import { SaveStatus } from "#app/_collab/save-status.tsx";
import { useCollaboration } from "#app/_collab/use-collaboration.ts";
import { Editor } from "#app/_editor/editor.tsx";
import type { EditorHandle } from "#app/_editor/editor-handle.ts";
import { FindPanel } from "#app/_editor/find/find-panel.tsx";
import { FollowFrame } from "#app/_editor/follow/follow-frame.tsx";
import { useFollow } from "#app/_editor/follow/use-follow.ts";
import { BlockHandle } from "#app/_editor/handle/block-handle.tsx";
import { ImageBar } from "#app/_editor/image/image-bar.tsx";
import type { PageActions } from "#app/_editor/keys.ts";
import { LinkPopover } from "#app/_editor/link/link-popover.tsx";
import { SuggestionMenu } from "#app/_editor/menus/suggestion-menu.tsx";
import { useOutline } from "#app/_editor/outline/use-outline.ts";
import { TableToolbar } from "#app/_editor/table/table-toolbar.tsx";
import { SelectionToolbar } from "#app/_editor/toolbar/selection-toolbar.tsx";
import { focusToolbar, Toolbar } from "#app/_editor/toolbar/toolbar.tsx";
import { createSendFile } from "#app/_editor/upload/send-file.ts";
import { setWords, words } from "#app/_editor/words.ts";
import { useLocale } from "#app/_i18n/use-translations.tsx";
import { Palette } from "#app/_palette/palette.tsx";
import { buttonClass, IconButton } from "#app/_ui/button.tsx";
import { fetchAhead, later } from "#app/_ui/later.ts";
import { Link } from "#app/_ui/link.tsx";
import { useLater } from "#app/_ui/use-later.ts";
import { useRemembered } from "#app/_ui/use-remembered.ts";
import { whenOpened } from "#app/_ui/when-opened.tsx";
import type { Member } from "#lib/messages.ts";
import { useDocumentActions } from "./document-actions.ts";
import { ShareMenu } from "./share-menu.tsx";
import { useShownTitle } from "./shown-title.ts";
import { TitleField } from "./title-field.tsx";
import "#app/_editor/editor.css";
import "./document.css";

const ShortcutHelp = whenOpened(async () => (await import("#app/_editor/shortcut-help.tsx")).ShortcutHelp);
const loadOutline = later(async () => (await import("#app/_editor/outline/outline-panel.tsx")).OutlinePanel);

interface DocumentPageProps {
  document: { id: string; title: string };
  user: Member;
  maxUploadMegabytes: number;
  /** The words of the editor; English ones come with its JavaScript. */
  editorWords?: Messages["editor"] | undefined;
}

export function DocumentPage({ document, user, maxUploadMegabytes, editorWords }: DocumentPageProps) {
  // With every page, also on the server, where the next one may be for somebody else: before anything asks for words.
  setWords(useLocale(), editorWords);
  const shownTitle = useShownTitle();
  const [title, setTitle] = useState(document.title);
  const [handle, setHandle] = useState<EditorHandle | null>(null);
  const [helping, setHelping] = useState(false);
  const [asked, setAsked] = useState(0);
  const [finding, setFinding] = useState<{ field: "find" | "replace"; times: number } | null>(null);
  const [commanding, setCommanding] = useState(false);
  const outline = useOutline();
  const OutlinePanel = useLater(loadOutline, outline.shown !== null, outline.close);
  const bar = useRef<HTMLDivElement>(null);
  const { collaboration, view } = useCollaboration(document.id, user.id, (notice) => {
    if (notice.kind === "renamed") setTitle(notice.title);
  });
  const page = useMemo<PageActions>(
    () => ({
      showHelp: () => setHelping(true),
      showSaveState: () => setAsked((times) => times + 1),
      enterToolbar: () => focusToolbar(bar.current),
      sendFile: createSendFile(document.id, maxUploadMegabytes),
      find: (field) => setFinding((before) => ({ field, times: (before?.times ?? 0) + 1 })),
      goToOutline: outline.go,
      showCommands: () => setCommanding(true),
    }),
    [document.id, maxUploadMegabytes, outline.go],
  );
  const follow = useFollow(handle, collaboration?.awareness ?? null);
  const [isToolbarHidden, hideToolbar] = useRemembered("toolbar hidden");
  const toolbar = { isHidden: isToolbarHidden, toggle: () => hideToolbar(!isToolbarHidden) };
  const actions = useDocumentActions(document.id, page, toolbar);
  usePageKeys(page);
  const [isAlive, setAlive] = useState(false);
  if (!isAlive && view.save.label === "saved") setAlive(true);
  useEffect(() => (isAlive ? fetchAhead() : undefined), [isAlive]);
  useEffect(() => {
    window.document.title = `${shownTitle(title)} · next-yroom`;
  }, [title, shownTitle]);

  return (
    <div
      className="document-page"
      data-outline={outline.shown ?? undefined}
      data-toolbar={isToolbarHidden ? "hidden" : undefined}
    >
      <header className="document-top">
        <div className="document-bar">
          <Link
            className={buttonClass("bare", "px-2.5 sm:px-1.5")}
            href="/documents"
            aria-label={words("page.back")}
            title={words("page.back")}
          >
            <ArrowLeft aria-hidden className="rtl:-scale-x-100" size={18} strokeWidth={1.75} />
          </Link>
          <div className="document-crumb">
            <bdi>{shownTitle(title)}</bdi>
          </div>
          <SaveStatus save={view.save} asked={asked} />
          <div className="document-bar-end">
            {collaboration ? (
              <PresenceList awareness={collaboration.awareness} selfId={user.id} follow={follow} />
            ) : null}
            <ShareMenu documentId={document.id} />
            <IconButton label={words("page.commands")} onClick={page.showCommands}>
              <Command aria-hidden size={18} strokeWidth={1.75} />
            </IconButton>
            <IconButton label={words("page.outline")} aria-expanded={outline.shown !== null} onClick={outline.toggle}>
              <TableOfContents aria-hidden size={18} strokeWidth={1.75} />
            </IconButton>
            <IconButton
              className="max-md:hidden"
              label={words("page.toolbar")}
              aria-pressed={!isToolbarHidden}
              onClick={toolbar.toggle}
            >
              <Type aria-hidden size={18} strokeWidth={1.75} />
            </IconButton>
            <IconButton className="max-md:hidden" label={words("page.find")} onClick={() => page.find("find")}>
              <Search aria-hidden size={18} strokeWidth={1.75} />
            </IconButton>
            <IconButton className="max-md:hidden" label={words("page.shortcuts")} onClick={page.showHelp}>
              <CircleHelp aria-hidden size={18} strokeWidth={1.75} />
            </IconButton>
          </div>
        </div>
        <ConnectionNotice view={view} documentId={document.id} onRetry={() => collaboration?.retry()} />
        <div className="document-tools">
          <Toolbar handle={handle} editable={view.editable} bar={bar} />
          {handle && finding ? (
            <FindPanel handle={handle} editable={view.editable} asked={finding} onClose={() => setFinding(null)} />
          ) : null}
        </div>
        {handle && OutlinePanel ? <OutlinePanel handle={handle} outline={outline} /> : null}
      </header>
      <main className="document-main" id="document-text">
        <h1 className="sr-only">{shownTitle(title)}</h1>
        <TitleField
          documentId={document.id}
          title={title}
          editable={!view.refused}
          onTitle={setTitle}
          onLeave={() => handle?.view.focus()}
        />
        {collaboration && view.ready ? (
          <Editor collaboration={collaboration} editable={view.editable} page={page} onHandle={setHandle} />
        ) : (
          <Skeleton />
        )}
        {handle ? <SuggestionMenu handle={handle} /> : null}
        {handle ? <SelectionToolbar handle={handle} editable={view.editable} /> : null}
        {handle ? <BlockHandle handle={handle} editable={view.editable} /> : null}
        {handle ? <ImageBar handle={handle} editable={view.editable} /> : null}
        {handle ? <TableToolbar handle={handle} editable={view.editable} /> : null}
        <FollowFrame follow={follow} />
      </main>
      {handle ? <LinkPopover handle={handle} editable={view.editable} /> : null}
      <Palette open={commanding} onOpenChange={setCommanding} actions={actions} documentId={document.id} />
      <ShortcutHelp open={helping} onOpenChange={setHelping} />
    </div>
  );
}

function Skeleton() {
  return (
    <div className="document-skeleton" aria-busy="true">
      <p className="sr-only">{words("text.loading")}</p>
      {["92%", "100%", "64%", "96%", "38%"].map((width) => (
        <span key={width} style={{ inlineSize: width }} />
      ))}
    </div>
  );
}

/** Ctrl+S, Ctrl+F, Ctrl+/ and Ctrl+Shift+O also work while the focus is outside the text. */
function usePageKeys(page: PageActions): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      const run = {
        s: page.showSaveState,
        "/": page.showHelp,
        f: () => page.find("find"),
        h: () => page.find("replace"),
        // With Shift some systems write it small.
        ...(event.shiftKey ? { O: page.goToOutline, o: page.goToOutline } : {}),
      }[event.key];
      // Asked again in the panel: the browser's own search, which also finds what is around the text.
      const again = event.key === "f" && (event.target as Element).closest(".find-panel");
      if (!run || again) return;
      event.preventDefault();
      run();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [page]);
}
