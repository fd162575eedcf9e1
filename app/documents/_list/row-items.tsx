// What can be done with a document of the list. Loaded when somebody is about to open its menu.
"use client";

import { Pencil, Trash2 } from "lucide-react";
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { MenuItem } from "#app/_ui/menu-item.tsx";

export function RowItems({ onRename, onTrash }: { onRename(): void; onTrash(): void }) {
  const words = useTranslations("documents");
  return (
    <>
      <MenuItem icon={<Pencil size={16} strokeWidth={1.75} />} onSelect={onRename}>
        {words("rename")}
      </MenuItem>
      <MenuItem icon={<Trash2 size={16} strokeWidth={1.75} />} onSelect={onTrash} danger>
        {words("toTrash")}
      </MenuItem>
    </>
  );
}
