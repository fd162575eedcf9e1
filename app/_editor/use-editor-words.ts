// Gives the editor's plain parts the language of the page. To be called by the component that holds all of them, since
// they ask for words while they are rendered, in the browser and on the server.
"use client";

import { useLocale, useMessages } from "next-intl";
import { setWords } from "#app/_editor/words.ts";

export function useEditorWords(): void {
  setWords(useLocale(), useMessages().editor);
}
