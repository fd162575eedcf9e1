// The list of shortcuts, from the same table as the keymap.
"use client";

import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useRef, useState } from "react";
import { keyParts } from "#app/_editor/key-label.ts";
import { isMac } from "#app/_editor/platform.ts";
import { nameOfKey, shortcuts } from "#app/_editor/toolbar/entries.ts";
import { words } from "#app/_editor/words.ts";

/** What is typed, and what it makes: titles as in the toolbar, or of `keys` in the editor's words. */
const typed: [sign: string | [one: string, joint: "or" | "to", other: string], title: string][] = [
  ["/", "Menu of blocks"],
  [["#", "to", "####"], "Heading"],
  [["-", "or", "*"], "Bulleted list"],
  ["1.", "Numbered list"],
  [["[]", "or", "[x]"], "Task list"],
  [">", "Quote"],
  ["```", "Code block"],
  ["---", "Divider"],
  ["**bold**", "Bold"],
  ["*italic*", "Italic"],
  ["~~struck~~", "Strikethrough"],
  ["`code`", "Code"],
];

function typedSigns(): [sign: string, meaning: string][] {
  return typed.map(([sign, title]) => [
    typeof sign === "string" ? sign : words(`help.${sign[1]}`, { one: sign[0], other: sign[2] }),
    nameOfKey(title),
  ]);
}

export function ShortcutHelp({ open, onOpenChange }: { open: boolean; onOpenChange(open: boolean): void }) {
  const [query, setQuery] = useState("");
  const search = useRef<HTMLInputElement>(null);
  const wanted = (title: string) => title.toLowerCase().includes(query.trim().toLowerCase());
  const keys = [...shortcuts].map(([title, key]) => [nameOfKey(title), key] as const).filter(([name]) => wanted(name));
  const signs = typedSigns().filter(([sign, meaning]) => wanted(meaning) || wanted(sign));
  const mac = isMac();
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="help-backdrop" />
        <Dialog.Popup className="help" initialFocus={search}>
          <header>
            <Dialog.Title>{words("page.shortcuts")}</Dialog.Title>
            <Dialog.Close className="editor-toolbar-button" aria-label={words("help.close")}>
              <X aria-hidden size={18} strokeWidth={1.75} />
            </Dialog.Close>
          </header>
          <input
            ref={search}
            type="search"
            aria-label={words("help.search")}
            placeholder={words("help.searchHint")}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
          <div className="help-lists">
            {keys.length > 0 ? <h3>{words("help.keys")}</h3> : null}
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
            {signs.length > 0 ? <h3>{words("help.typed")}</h3> : null}
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
            {keys.length + signs.length === 0 ? <p>{words("help.none", { query })}</p> : null}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
