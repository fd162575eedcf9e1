// ":" and two letters: emoji by their names. The names come with the first use, not with the page.
import type { Choice, Source } from "#app/_editor/menus/source.ts";
import { words } from "#app/_editor/words.ts";

interface Emoji {
  unicode: string;
  label: string;
  /** Where Unicode lists it; those without a place are parts of others. */
  order?: number;
  /** Lower case, with spaces between. */
  names: string;
}

const MOST = 30;

let loading: Promise<Emoji[]> | null = null;

async function load(): Promise<Emoji[]> {
  const [{ default: emoji }, { default: shortcodes }] = await Promise.all([
    import("emojibase-data/en/compact.json"),
    import("emojibase-data/en/shortcodes/github.json"),
  ]);
  return emoji.flatMap(({ unicode, label, order, tags, hexcode }) => {
    if (order === undefined) return [];
    const codes = [(shortcodes as Record<string, string | string[]>)[hexcode] ?? []].flat();
    const names = [...codes, label, ...(tags ?? [])].join(" ").toLowerCase().replaceAll("_", " ");
    return [{ unicode, label, order, names: `${codes.join(" ")} ${names}` }];
  });
}

export const emojiSource: Source = {
  id: "emoji-menu",
  label: () => words("menu.emoji"),
  pattern: /(?:^|\s):([a-z][a-z0-9_+-]{1,30})$/i,
  least: 2,
  async find(query) {
    loading ??= load().catch((error: unknown) => {
      // Asked for again the next time.
      loading = null;
      throw error;
    });
    return search(await loading, query.toLowerCase());
  },
};

/** Those of which a name begins with the query first, then those with a word that does. */
function search(all: Emoji[], query: string): Choice[] {
  const wanted = query.replaceAll("_", " ");
  const best = all.filter(({ names }) => names.startsWith(query) || names.startsWith(wanted));
  const others = all.filter((emoji) => !best.includes(emoji) && ` ${emoji.names}`.includes(` ${wanted}`));
  return [...best, ...others].slice(0, MOST).map(({ unicode, label }) => ({
    id: [...unicode].map((char) => char.codePointAt(0)?.toString(16)).join("-"),
    title: label,
    group: words("menu.emoji"),
    sign: unicode,
    pick: (view) => view.dispatch(view.state.tr.insertText(unicode)),
  }));
}
