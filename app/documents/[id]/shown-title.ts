// What stands for a title in the page. Without zod, which app/documents/_data/title.ts would bring to the browser.

export function shownTitle(title: string): string {
  return title || "Untitled";
}
