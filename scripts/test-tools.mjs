// What the tests need besides npm packages: redis-server, the PostgreSQL server, Chromium and Firefox. As root on Debian or
// Ubuntu what is missing is installed; elsewhere the person is told what to install.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";

const debianPostgres = "/usr/lib/postgresql";

function onPath(command) {
  for (const folder of (process.env.PATH ?? "").split(":")) {
    if (existsSync(join(folder, command))) return join(folder, command);
  }
  return undefined;
}

/** Folder with initdb and postgres: on the PATH, or the newest of Debian's. */
export function postgresFolder() {
  const found = onPath("initdb");
  if (found && onPath("postgres")) return join(found, "..");
  const versions = existsSync(debianPostgres) ? readdirSync(debianPostgres) : [];
  const newest = versions
    .sort((a, b) => Number(b) - Number(a))
    .find((v) => existsSync(join(debianPostgres, v, "bin/initdb")));
  return newest && join(debianPostgres, newest, "bin");
}

const firstOf = (...paths) => paths.find((path) => existsSync(path));
const windowless = () => firstOf("/usr/bin/chromium-headless-shell", chromium.executablePath());

/** The browser of the tests: Chromium without its window, in which they take two thirds of the time; else with it. */
export const chromiumPath = () => windowless() ?? firstOf("/usr/bin/chromium");

/** Firefox as people have it: Playwright drives it by WebDriver BiDi (e2e/firefox/). */
export const firefoxPath = () => onPath("firefox-esr") ?? onPath("firefox");

const tools = [
  {
    name: "redis-server",
    apt: "redis-server",
    elsewhere: "Redis 7 or newer (redis-server on the PATH)",
    has: () => onPath("redis-server"),
  },
  {
    name: "postgres",
    apt: "postgresql",
    elsewhere: "PostgreSQL 15 or newer (initdb and postgres on the PATH)",
    has: postgresFolder,
  },
  {
    name: "chromium",
    apt: "chromium-headless-shell",
    elsewhere: "Chromium: npx playwright install --with-deps chromium",
    has: chromiumPath,
    hasBest: windowless,
  },
  {
    name: "firefox",
    apt: "firefox-esr",
    elsewhere: "Firefox 140 or newer (firefox or firefox-esr on the PATH)",
    has: firefoxPath,
  },
];

/** Installs what is missing, or says what is and exits with 1. */
export function ensureTools() {
  const byApt = process.getuid?.() === 0 && onPath("apt-get");
  const wanted = tools.filter(({ has, hasBest = has }) => !hasBest()).map((tool) => tool.apt);
  if (byApt && wanted.length > 0) {
    console.log(`Installing ${wanted.join(", ")} …`);
    // Debian would start the services at once; the tests start their own.
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
    const install = ["install", "-y", "--no-install-recommends", ...wanted];
    for (const args of [["update"], install]) {
      const { status, stdout, stderr } = spawnSync("apt-get", args, { env, encoding: "utf8" });
      if (status !== 0) process.stderr.write(`apt-get ${args.join(" ")} failed:\n${stdout}${stderr}`);
    }
  }
  const missing = tools.filter((tool) => !tool.has());
  if (missing.length === 0) return;
  console.error("The tests need, please install:");
  for (const tool of missing)
    console.error(`  ${tool.elsewhere}${onPath("apt-get") ? `, or as root: apt-get install ${tool.apt}` : ""}`);
  process.exit(1);
}
