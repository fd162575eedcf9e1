import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "#prisma/client.ts";
import { verifyPassword } from "#prisma/password.ts";
import { understand } from "#prisma/people/commands.ts";
import { seedDemo } from "#prisma/seed.ts";
import { openTestDatabase } from "#prisma/testing/database.ts";

const log = { info: () => {} } as never;

describe.each(["postgres", "pglite"] as const)("people on %s", (kind) => {
  let database: Database;
  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  beforeEach(async () => {
    await database.pool.query("TRUNCATE users, documents, files, room_snapshots");
  });
  afterAll(() => database.close());

  async function people(line: string, tools: { password?: string; isDemo?: boolean } = {}): Promise<string> {
    // In quotes a word may have spaces.
    const command = understand((line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', "")));
    if (typeof command === "string") throw new Error("help was not asked for");
    return command.run({ db: database.db, isDemo: false, password: null, ...tools });
  }
  const person = (email: string) => database.db.user.findUniqueOrThrow({ where: { email } });
  const refused = (reason: RegExp) => ({ code: "REFUSED", message: expect.stringMatching(reason) });

  test("somebody who is added may enter, with the password that is shown once", async () => {
    const said = await people('add "Carl@Example.ORG" --name " Carl Curie "');
    const [, password = ""] = /^Added carl@example\.org, password: (\w{4}-\w{4}-\w{4}-\w{4})$/.exec(said) ?? [];
    const carl = await person("carl@example.org");
    expect(carl).toMatchObject({ name: "Carl Curie", isStaff: true, isAdmin: false, isActive: true });
    expect(await verifyPassword(carl.passwordHash, password)).toBe(true);
    expect(await people("list")).not.toContain(password);
  });

  test("a password that the operator chose is not told back", async () => {
    expect(await people("add carl@example.org --name Carl --admin --stdin", { password: "correct horse" })).toBe(
      "Added carl@example.org",
    );
    const carl = await person("carl@example.org");
    expect(carl).toMatchObject({ isStaff: true, isAdmin: true });
    expect(await verifyPassword(carl.passwordHash, "correct horse")).toBe(true);
  });

  test("everybody gets a colour that nobody has, as long as there is one, and then one that few have", async () => {
    await seedDemo(database.db, log);
    const colors: number[] = [];
    for (let index = 0; index < 10; index++) {
      await people(`add p${index}@example.org --name P`, { password: "correct horse" });
      colors.push((await person(`p${index}@example.org`)).color);
    }
    expect(colors).toEqual([1, 2, 3, 5, 6, 8, 9, 11, 0, 1]);
  });

  test("an address is added once, however it is written", async () => {
    await people("add carl@example.org --name Carl");
    const before = await person("carl@example.org");
    await expect(people("add CARL@example.org --name Other --admin")).rejects.toMatchObject(
      refused(/account already\.$/),
    );
    expect(await person("carl@example.org")).toEqual(before);
    await people("deactivate carl@example.org");
    await expect(people("add carl@example.org --name Other")).rejects.toMatchObject(
      refused(/“people activate carl@example\.org”/),
    );
  });

  test("a new password replaces the old one and ends every session", async () => {
    await people("add carl@example.org --name Carl", { password: "the old password" });
    expect(await people("password carl@example.org --stdin", { password: "correct horse" })).not.toContain("correct");
    const carl = await person("carl@example.org");
    expect(carl.sessionVersion).toBe(2);
    expect(await verifyPassword(carl.passwordHash, "correct horse")).toBe(true);
    const made = /: (\S+)$/.exec(await people("password CARL@example.org"))?.[1] ?? "";
    expect(await verifyPassword((await person("carl@example.org")).passwordHash, made)).toBe(true);
  });

  test("rights and the name change as they are given, and nothing else does", async () => {
    await people("add ada@example.org --name Ada --admin");
    await people("add carl@example.org --name Carl");
    const before = await person("carl@example.org");
    expect(await people("set carl@example.org --admin")).toMatch(/carl@example\.org +Carl +staff, admin +active/);
    expect(await people("set carl@example.org --name Carla")).toMatch(/Carla +staff, admin/);
    expect(await people("set carl@example.org --no-admin --no-staff")).toMatch(/Carla +none/);
    expect(await people("set carl@example.org --staff")).toMatch(/Carla +staff +active/);
    expect(await person("carl@example.org")).toEqual({ ...before, name: "Carla" });
  });

  test.each(["--admin", "--no-staff"])("nobody administers who may not enter: %s alone", async (option) => {
    await people("add ada@example.org --name Ada --admin");
    await people("add carl@example.org --name Carl --admin");
    if (option === "--admin") await people("set carl@example.org --no-admin --no-staff");
    await expect(people(`set carl@example.org ${option}`)).rejects.toMatchObject(
      refused(/belongs to the staff: say --/),
    );
  });

  test("to sign somebody out ends every session", async () => {
    await people("add carl@example.org --name Carl");
    await people("sign-out carl@example.org");
    expect(await person("carl@example.org")).toMatchObject({ sessionVersion: 2, isActive: true });
  });

  test("who is deactivated is signed out, once, and comes back with the same rights", async () => {
    await people("add ada@example.org --name Ada --admin");
    await people("add carl@example.org --name Carl --admin");
    await people("deactivate carl@example.org");
    expect(await person("carl@example.org")).toMatchObject({ isActive: false, sessionVersion: 2 });
    expect(await people("deactivate carl@example.org")).toBe("carl@example.org was not active.");
    expect(await people("password carl@example.org")).toMatch(/\n.*“people activate carl@example\.org”/);
    expect(await people("activate carl@example.org")).toMatch(/log in again; rights: staff, admin$/);
    expect(await person("carl@example.org")).toMatchObject({ isActive: true, sessionVersion: 3 });
    expect(await people("activate carl@example.org")).toBe("carl@example.org was active.");
  });

  test.each([
    "deactivate ada@example.org",
    "set ada@example.org --no-admin",
    "set ada@example.org --no-staff --no-admin",
  ])("the last active administrator stays one: %s", async (line) => {
    await people("add ada@example.org --name Ada --admin");
    await people("add carl@example.org --name Carl --admin");
    await people("deactivate carl@example.org");
    const before = await person("ada@example.org");
    await expect(people(line)).rejects.toMatchObject(refused(/last active administrator/));
    expect(await person("ada@example.org")).toEqual(before);
  });

  test("of two administrators who are both deactivated at once, one stays", async () => {
    await people("add ada@example.org --name Ada --admin");
    await people("add carl@example.org --name Carl --admin");
    const results = await Promise.allSettled([
      people("deactivate ada@example.org"),
      people("set carl@example.org --no-admin"),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await database.db.user.count({ where: { isAdmin: true, isActive: true } })).toBe(1);
  });

  test.each([
    "password zoe@example.org",
    "set zoe@example.org --admin",
    "sign-out zoe@example.org",
    "deactivate zoe@example.org",
    "activate zoe@example.org",
  ])("an address that nobody has is refused with a hint: %s", async (line) => {
    await expect(people(line)).rejects.toMatchObject(refused(/Nobody has the address zoe@example\.org.*“people list”/));
  });

  test("a demo account with the published password is opened only where the demo is wanted", async () => {
    await seedDemo(database.db, log);
    expect(await people("deactivate ana@example.com")).toMatch(/SEED_DEMO=true opens this demo account again/);
    await expect(people("activate ana@example.com")).rejects.toMatchObject(
      refused(/published password: “people password ana@example\.com” first/),
    );
    await people("activate ana@example.com", { isDemo: true });
    await people("deactivate ana@example.com");
    await people("password ana@example.com");
    await people("activate ana@example.com");
    expect(await person("ana@example.com")).toMatchObject({ isActive: true });
  });

  test("a name cannot steer the operator's terminal", async () => {
    await people("add carl@example.org --name Carl");
    await database.db.user.updateMany({ data: { name: "\u001b[2JCarl" } });
    expect(await people("list")).toMatch(/\?\[2JCarl/);
  });
});
