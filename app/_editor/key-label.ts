// A shortcut as people of this platform read it.

const MAC: Record<string, string> = { Mod: "⌘", Alt: "⌥", Shift: "⇧", Ctrl: "⌃", Enter: "↩", Tab: "⇥", Backspace: "⌫" };
const OTHER: Record<string, string> = { Mod: "Ctrl" };

/** "Mod-Shift-8" becomes ["⌘", "⇧", "8"] or ["Ctrl", "Shift", "8"]. */
export function keyParts(key: string, mac: boolean): string[] {
  const names = mac ? MAC : OTHER;
  return key.split(/-(?!$)/).map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part));
}

export function keyLabel(key: string, mac: boolean): string {
  return keyParts(key, mac).join(mac ? "" : "+");
}

/** For aria-keyshortcuts. */
export function ariaKey(key: string, mac: boolean): string {
  return key
    .replace("Mod", mac ? "Meta" : "Control")
    .split(/-(?!$)/)
    .join("+");
}
