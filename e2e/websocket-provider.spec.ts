// The server speaks y-websocket: its own provider, which knows nothing of us, works with a session cookie.
import { expect, newDocument, openDocument, sessionOf, test, textOf } from "./fixtures.ts";
import { connectRaw } from "./raw-client.ts";

test("two WebsocketProviders and a page converge", async ({ app, twoPeople: { ana } }) => {
  const id = await newDocument(ana, "From outside");
  const one = connectRaw(app.url, id, await sessionOf(app.url, "ana"));
  const two = connectRaw(app.url, id, await sessionOf(app.url, "ben"));
  try {
    await Promise.all([one.synced(), two.synced()]);
    one.write("first ");
    await expect.poll(() => two.text()).toContain("first ");
    for (let n = 0; n < 50; n++) {
      one.write(`o${n} `);
      two.write(`t${n} `);
    }
    await expect
      .poll(() => one.text() === two.text() && one.text().includes("t49 ") && two.text().includes("o49 "))
      .toBe(true);
    await openDocument(ana, id);
    await expect.poll(async () => (await textOf(ana)).trim()).toBe(one.text().trim());
  } finally {
    one.close();
    two.close();
  }
});

test("the server stamps who somebody is, whatever the client claims", async ({ app, twoPeople: { ana } }) => {
  const id = await newDocument(ana, "Who is who");
  const one = connectRaw(app.url, id, await sessionOf(app.url, "ana"));
  const two = connectRaw(app.url, id, await sessionOf(app.url, "ben"));
  try {
    await Promise.all([one.synced(), two.synced()]);
    one.provider.awareness.setLocalStateField("user", { name: "The Director", color: "#ff0000" });
    const seen = () => two.provider.awareness.getStates().get(one.doc.clientID)?.user as { name?: string } | undefined;
    await expect.poll(() => seen()?.name).toMatch(/^Ana/);
  } finally {
    one.close();
    two.close();
  }
});

test("?readonly=1 reads and does not write", async ({ app, twoPeople: { ana } }) => {
  const id = await newDocument(ana, "Look, do not touch");
  const writer = connectRaw(app.url, id, await sessionOf(app.url, "ana"));
  const reader = connectRaw(app.url, `${id}?readonly=1`, await sessionOf(app.url, "ben"));
  try {
    await Promise.all([writer.synced(), reader.synced()]);
    reader.write("vandalism");
    writer.write("prose");
    await expect.poll(() => reader.text()).toContain("prose");
    const fresh = connectRaw(app.url, id, await sessionOf(app.url, "ben"));
    await fresh.synced();
    expect(fresh.text()).toBe("prose");
    fresh.close();
  } finally {
    writer.close();
    reader.close();
  }
});
