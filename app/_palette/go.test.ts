// Where closing the tab would ask, the palette does as well: it lets the browser load the page.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { wouldAsk } from "#app/_ui/leaving.ts";
import { go } from "./go.ts";

let page: EventTarget;
let went: string[];
const router = { push: (href: string) => void went.push(`inside ${href}`) };
const askBeforeLeaving = (event: Event) => event.preventDefault();

beforeEach(() => {
  page = new EventTarget();
  went = [];
  vi.stubGlobal("window", page);
  vi.stubGlobal("location", { assign: (href: string) => void went.push(`by the browser ${href}`) });
});
afterEach(() => vi.unstubAllGlobals());

test("while nobody wants to be asked, pages change inside the app", () => {
  page.addEventListener("beforeunload", () => {});
  expect(wouldAsk()).toBe(false);
  go(router, "/documents");
  expect(went).toEqual(["inside /documents"]);
});

test("while something is nowhere else, the browser loads the next page, and asks; later it does not", () => {
  page.addEventListener("beforeunload", askBeforeLeaving);
  expect(wouldAsk()).toBe(true);
  go(router, "/documents");
  page.removeEventListener("beforeunload", askBeforeLeaving);
  go(router, "/documents/trash");
  expect(went).toEqual(["by the browser /documents", "inside /documents/trash"]);
});
