// After an update: a tab that still runs the editor from before it must not meet documents with blocks it does not
// know, for it would delete them.
import { Schema } from "prosemirror-model";
import { initProseMirrorDoc } from "y-prosemirror";
import * as Y from "yjs";
import { schema } from "#app/_editor/schema.ts";
import { CLOSE, SCHEMA_VERSION } from "#lib/protocol.ts";
import { editor, expect, newDocument, openDocument, sessionOf, test, untilSaved } from "./fixtures.ts";
import { connectRaw } from "./raw-client.ts";

/** The schema as it was before callouts. */
const older = new Schema({ nodes: schema.spec.nodes.remove("callout"), marks: schema.spec.marks });

test("an older schema is refused before it can delete what it does not know", async ({ app, twoPeople: { ana } }) => {
  const id = await newDocument(ana, "Two versions");
  await openDocument(ana, id);
  await editor(ana).click();
  await ana.keyboard.type("/callout");
  await ana.keyboard.press("Enter");
  await ana.keyboard.type("Only the newer editor knows this");
  await untilSaved(ana);

  const cookies = await sessionOf(app.url, "ben");
  const current = connectRaw(app.url, `${id}?schema=${SCHEMA_VERSION}`, cookies);
  const tab = connectRaw(app.url, `${id}?schema=${SCHEMA_VERSION - 1}`, cookies);
  try {
    const closed = new Promise<number>((resolve) => {
      tab.provider.on("connection-close", (event) => resolve(event?.code ?? 0));
    });
    expect(await closed).toBe(CLOSE.editorTooOld);
    expect(tab.doc.getXmlFragment("prosemirror").length).toBe(0);

    // What would have happened: the older editor's binding takes the callout out of its document.
    await current.synced();
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(current.doc));
    initProseMirrorDoc(copy.getXmlFragment("prosemirror"), older);
    expect(copy.getXmlFragment("prosemirror").toString()).not.toContain("newer editor");
    expect(current.doc.getXmlFragment("prosemirror").toString()).toContain("newer editor");
  } finally {
    tab.close();
    current.close();
  }
});

test("an older tab says so, keeps what was written in it and offers to reload", async ({ twoPeople: { ana } }) => {
  const id = await newDocument(ana, "Left open overnight");
  await openDocument(ana, id);
  await editor(ana).click();
  await ana.keyboard.type("before the update");
  await untilSaved(ana);
  await ana.addInitScript((version) => {
    const Native = window.WebSocket;
    window.WebSocket = class extends Native {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(sessionStorage.older === "yes" ? String(url).replace(/schema=\d+/, `schema=${version}`) : url, protocols);
      }
    };
  }, SCHEMA_VERSION - 1);
  await ana.evaluate(() => {
    sessionStorage.older = "yes";
  });
  await ana.reload();
  await expect(ana.getByText("There is a newer version of the editor.")).toBeVisible();
  await expect(editor(ana)).toHaveText("before the update");
  await expect(editor(ana)).toHaveAttribute("contenteditable", "false");
  await ana.evaluate(() => {
    sessionStorage.older = "no";
  });
  await ana.getByRole("button", { name: "Reload" }).click();
  await expect(editor(ana)).toHaveAttribute("contenteditable", "true");
  await expect(editor(ana)).toHaveText("before the update");
});
