// What administrators see and do: rooms with who is in them, closing a room or a connection, and who is refused.
import type { Page } from "@playwright/test";
import { partitionOf } from "#lib/partition.ts";
import { complaints } from "./axe.ts";
import { editor, expect, newDocument, openDocument, pageOf, paste, test, textOf, untilSaved } from "./fixtures.ts";
import { cookieHeader, logIn } from "./people.ts";

function roomRow(page: Page, title: string) {
  return page.getByRole("list", { name: "Rooms, the fullest first" }).getByRole("listitem").filter({ hasText: title });
}

test("an admin finds the page in the account menu, and sees a room with Ana in it", async ({
  app,
  browser,
  twoPeople: { ana },
}) => {
  const id = await newDocument(ana, "Watched by the admin");
  await openDocument(ana, id);
  const admin = await pageOf(browser, app.url, "admin");
  await admin.goto("/documents");
  await admin.getByRole("button", { name: /Account of/ }).click();
  await admin.getByRole("menuitem", { name: "What runs now" }).click();
  await expect(admin.getByRole("heading", { name: "What runs now", level: 1 })).toBeVisible();

  const room = roomRow(admin, "Watched by the admin");
  await expect(room).toContainText(`prosemirror.${id}`);
  await expect(room.getByText("In it: Ana")).toBeAttached();
  const summary = room.getByText(/^1 connection/);
  await summary.focus();
  await admin.keyboard.press("Enter");
  await expect(room.getByRole("button", { name: /^Disconnect Ana/ })).toBeVisible();

  // A refresh changes figures, not where the focus is or what is unfolded.
  await ana
    .context()
    .newPage()
    .then((page) => openDocument(page, id));
  await expect(room.getByText(/^2 connections/)).toBeVisible();
  await expect(room.locator("details")).toHaveAttribute("open", "");
  expect(await admin.evaluate(() => document.activeElement?.tagName)).toBe("SUMMARY");
  const processes = admin.getByRole("list", { name: "Servers and workers" });
  await expect(processes.getByText(/^Server web-/)).toBeVisible();
  await expect(processes.getByText(/^Worker yroom-/)).toBeVisible();
  await expect(processes.getByText("Partitions 0–15")).toBeVisible();
  await admin.context().close();
});

test("a room's row says how large it is, who owns it, and what of it is not stored yet", async ({
  app,
  browser,
  twoPeople: { ana },
}) => {
  const id = await newDocument(ana, "Figures of a room");
  await openDocument(ana, id);
  await editor(ana).click();
  await paste(ana, "x".repeat(5_000));
  await untilSaved(ana);
  const admin = await pageOf(browser, app.url, "admin");
  await admin.goto("/admin");
  const room = roomRow(admin, "Figures of a room");
  await expect(room.getByText(/^5\.\d kB$/)).toBeVisible();
  await expect(room.getByText("All in the database")).toBeVisible();
  const place = room.getByText(new RegExp(`^yroom-\\w+, partition ${partitionOf(`prosemirror.${id}`)}$`));
  const worker = (await place.innerText()).split(",")[0];
  const processes = admin.getByRole("list", { name: "Servers and workers" });
  await expect(processes.getByText(`Worker ${worker}`)).toBeVisible();

  // The database is quicker than the page asks, so these figures are put into the server's answer.
  await admin.route("**/api/admin/rooms", async (route) => {
    const response = await route.fetch();
    const overview = await response.json();
    for (const report of overview.rooms) Object.assign(report, { uncommitted: 3_400, waiting: 2 });
    await route.fulfill({ response, json: overview });
  });
  const late = room.getByText("Not in the database for 3.4 s");
  await expect(late).toBeVisible();
  await expect(late).toHaveClass(/text-warn/);
  await expect(room.getByText("2 messages waiting")).toBeVisible();
  await expect(room.getByText("All in the database")).toBeHidden();
  await admin.unrouteAll({ behavior: "wait" });
  await expect(room.getByText("All in the database")).toBeVisible();
  await admin.context().close();
});

test("a closed connection is told so, and comes back when the person wants", async ({
  app,
  browser,
  twoPeople: { ana },
}) => {
  const id = await newDocument(ana, "One connection less");
  await openDocument(ana, id);
  const admin = await pageOf(browser, app.url, "admin");
  await admin.goto("/admin");
  const room = roomRow(admin, "One connection less");
  await room.getByText(/^1 connection/).click();
  await room.getByRole("button", { name: /^Disconnect Ana/ }).click();
  const dialog = admin.getByRole("alertdialog", { name: /^Disconnect Ana/ });
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await admin.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(room.getByRole("button", { name: /^Disconnect Ana/ })).toBeFocused();

  await admin.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Disconnect" }).click();
  await expect(ana.getByText("An administrator closed this connection.")).toBeVisible();
  await expect(admin.getByText(/was disconnected/)).toBeVisible();
  await expect(room.getByText(/^1 connection/)).toBeHidden();

  await ana.getByRole("button", { name: /connect/i }).click();
  await expect(editor(ana)).toHaveAttribute("contenteditable", "true");
  await editor(ana).click();
  await ana.keyboard.type("back again");
  await untilSaved(ana);
  await expect(room.getByText(/^1 connection/)).toBeVisible();
  await admin.context().close();
});

test("a closed room is saved, and everybody comes back to it", async ({ app, browser, twoPeople: { ana, ben } }) => {
  const id = await newDocument(ana, "Closed and opened");
  await Promise.all([openDocument(ana, id), openDocument(ben, id)]);
  await editor(ana).click();
  await ana.keyboard.type("before ");
  await expect.poll(() => textOf(ben)).toBe("before ");
  const admin = await pageOf(browser, app.url, "admin");
  await admin.goto("/admin");
  const room = roomRow(admin, "Closed and opened");
  await expect(room.getByText(/^2 connections/)).toBeVisible();
  await room.getByRole("button", { name: "Close the room of Closed and opened" }).click();
  await admin.getByRole("alertdialog").getByRole("button", { name: "Close room" }).click();
  await expect(admin.getByText(/was saved and closed/)).toBeVisible();
  await ana.keyboard.type("after");
  await expect.poll(() => textOf(ben)).toBe("before after");
  await untilSaved(ana);
  await expect(room.getByText(/^2 connections/)).toBeVisible();
  await admin.context().close();
});

test("Ben, who is no admin, is refused everywhere", async ({ app, twoPeople: { ben } }) => {
  const response = await ben.goto("/admin");
  expect(response?.status()).toBe(404);
  await expect(ben.getByRole("heading", { name: "There is nothing at this address" })).toBeVisible();
  await ben.goto("/documents");
  await ben.getByRole("button", { name: /Account of/ }).click();
  await expect(ben.getByRole("menuitem", { name: "Sign out" })).toBeVisible();
  await expect(ben.getByRole("menuitem", { name: "What runs now" })).toHaveCount(0);

  const answers = await Promise.all([
    ben.request.get("/api/admin/rooms"),
    ben.request.post("/api/admin/rooms/prosemirror.x/close"),
    ben.request.post("/api/admin/connections/web-1/1/close"),
    ben.request.post("/api/admin/dump"),
    ben.request.get("/metrics"),
  ]);
  expect(answers.map((answer) => answer.status())).toEqual([403, 403, 403, 403, 403]);
  const nobody = await Promise.all(
    ["/api/admin/rooms", "/metrics"].map(async (path) => (await fetch(`${app.url}${path}`)).status),
  );
  expect(nobody).toEqual([401, 401]);
});

test("an admin's requests are validated, and refused from other sites", async ({ app }) => {
  const cookie = cookieHeader(await logIn(app.url, "admin"));
  const post = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${app.url}${path}`, { method: "POST", headers: { cookie, ...headers } });
    return [response.status, response.headers.get("content-type")];
  };
  const problem = "application/problem+json";
  expect(await post("/api/admin/rooms/prosemirror.nobody/close")).toEqual([404, problem]);
  expect(await post("/api/admin/rooms/%233/close")).toEqual([400, problem]);
  expect(await post("/api/admin/connections/web-0/7/close")).toEqual([404, problem]);
  expect(await post("/api/admin/connections/web-0/x/close")).toEqual([400, problem]);
  expect(await post("/api/admin/dump", { origin: "https://evil.example" })).toEqual([403, problem]);
  const metrics = await fetch(`${app.url}/metrics`, { headers: { cookie } });
  expect(metrics.status).toBe(200);
  expect(await metrics.text()).toContain("# TYPE yroom_connections gauge");
});

test("axe finds nothing on the page, nor on a phone or in a question", async ({ app, browser, twoPeople: { ana } }) => {
  const title = "A rather long title of a document that is looked at";
  await openDocument(ana, await newDocument(ana, title));
  const admin = await pageOf(browser, app.url, "admin");
  await admin.goto("/admin");
  const room = roomRow(admin, title);
  await room.getByText(/^1 connection/).click();
  expect(await complaints(admin)).toEqual([]);
  await admin.setViewportSize({ width: 390, height: 844 });
  expect(await admin.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await complaints(admin)).toEqual([]);
  await room.getByRole("button", { name: /^Close the room/ }).click();
  await expect(admin.getByRole("alertdialog")).toBeVisible();
  expect(await complaints(admin)).toEqual([]);
  await admin.context().close();
});
