// The actions of the command palette that every page has.
"use client";

import { FilePlus2, FileText, LogOut, Moon, Sun, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { toast } from "sonner";
import { signOutHere } from "#app/_ui/sign-out.ts";
import { postDocument } from "#app/documents/_list/requests.ts";
import type { PaletteAction } from "./actions.ts";

export function useCommonActions(): PaletteAction[] {
  const router = useRouter();
  const { resolvedTheme, setTheme } = useTheme();
  const isDark = resolvedTheme === "dark";
  const create = async () => {
    try {
      router.push(`/documents/${(await postDocument()).id}`);
    } catch {
      toast.error("The document could not be created. Try again in a moment.");
    }
  };
  return [
    { id: "new", title: "New document", Icon: FilePlus2, synonyms: "create add", run: () => void create() },
    {
      id: "documents",
      title: "All documents",
      Icon: FileText,
      synonyms: "go list home",
      run: () => router.push("/documents"),
    },
    {
      id: "trash",
      title: "Trash",
      Icon: Trash2,
      synonyms: "go bin deleted restore",
      run: () => router.push("/documents/trash"),
    },
    {
      id: "theme",
      title: isDark ? "Light theme" : "Dark theme",
      Icon: isDark ? Sun : Moon,
      synonyms: "switch mode colours colors dark light",
      run: () => setTheme(isDark ? "light" : "dark"),
    },
    { id: "sign-out", title: "Sign out", Icon: LogOut, synonyms: "log leave exit", run: () => void signOutHere() },
  ];
}
