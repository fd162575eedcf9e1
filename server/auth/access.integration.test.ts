import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, db } from "#prisma/client.ts";
import { openTestDatabase } from "#prisma/testing/database.ts";
import { documentAccess } from "#server/auth/access.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase("pglite");
  await db().document.createMany({
    data: [
      { id: "open", title: "Open" },
      { id: "trashed", title: "Trashed", trashedAt: new Date() },
    ],
  });
});
afterAll(() => database.close());

const staff = { isActive: true, isStaff: true };

test.each([
  ["staff, a document", staff, "open", "write"],
  ["staff, one in the trash", staff, "trashed", "read"],
  ["staff, one that does not exist", staff, "nothing", "none"],
  ["staff, an id that cannot be one", staff, "a\0b", "none"],
  ["not staff", { isActive: true, isStaff: false }, "open", "none"],
  ["staff once, not active any more", { isActive: false, isStaff: true }, "open", "none"],
])("%s: %o, %s → %s", async (_, user, id, expected) => {
  expect((await documentAccess(user, id)).access).toBe(expected);
});

test("tells an unknown document from one that may not be entered", async () => {
  expect((await documentAccess(staff, "nothing")).document).toBeNull();
  expect((await documentAccess({ isActive: true, isStaff: false }, "open")).document).toMatchObject({ id: "open" });
});
