// The list of shortcuts, from the same table as the keymap.
"use client";

import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useRef, useState } from "react";
import { keyParts } from "#app/_editor/key-label.ts";
import { isMac } from "#app/_editor/platform.ts";
import { shortcuts } from "#app/_editor/toolbar/entries.ts";

const typed: [sign: string, meaning: string][] = [
  ["/", "Menu of blocks"],
  ["# to ####", "Heading"],
  ["- or *", "Bulleted list"],
  ["1.", "Numbered list"],
  ["[] or [x]", "Task list"],
  [">", "Quote"],
  ["```", "Code block"],
  ["---", "Divider"],
  ["**bold**", "Bold"],
  ["*italic*", "Italic"],
  ["~~struck~~", "Strikethrough"],
  ["`code`", "Code"],
];

export function ShortcutHelp({ open, onOpenChange }: { open: boolean; onOpenChange(open: boolean): void }) {
  const [query, setQuery] = useState("");
  const search = useRef<HTMLInputElement>(null);
  const wanted = (title: string) => title.toLowerCase().includes(query.trim().toLowerCase());
  const keys = [...shortcuts].filter(([title]) => wanted(title));
  const signs = typed.filter(([sign, meaning]) => wanted(meaning) || wanted(sign));
  const mac = isMac();
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="help-backdrop" />
        <Dialog.Popup className="help" initialFocus={search}>
          <header>
            <Dialog.Title>Keyboard shortcuts</Dialog.Title>
            <Dialog.Close className="editor-toolbar-button" aria-label="Close">
              <X aria-hidden size={18} strokeWidth={1.75} />
            </Dialog.Close>
          </header>
          <input
            ref={search}
            type="search"
            aria-label="Search shortcuts"
            placeholder="Search"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
          <div className="help-lists">
            {keys.length > 0 ? <h3>Keys</h3> : null}
            <dl>
              {keys.map(([title, key]) => (
                <div key={title}>
                  <dt>{title}</dt>
                  <dd>
                    {keyParts(key, mac).map((part) => (
                      <kbd key={part}>{part}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
            {signs.length > 0 ? <h3>Typed at the start of a line, or around words</h3> : null}
            <dl>
              {signs.map(([sign, meaning]) => (
                <div key={sign}>
                  <dt>{meaning}</dt>
                  <dd>
                    <code>{sign}</code>
                  </dd>
                </div>
              ))}
            </dl>
            {keys.length + signs.length === 0 ? <p>No shortcut matches “{query}”.</p> : null}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
