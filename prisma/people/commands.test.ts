import { expect, test } from "vitest";
import { understand } from "#prisma/people/commands.ts";

test.each([[["--help"]], [["help"]], [["add", "--help"]]])("%j is answered with help", (args) => {
  expect(understand(args)).toMatch(/^usage: people/);
});

test.each([
  ["add carl@example.org --name Carl --stdin", true],
  ["password carl@example.org --stdin", true],
  ["password carl@example.org", false],
  ["list", false],
])("%s: reads a password %s", (line, readsPassword) => {
  expect(understand(line.split(" "))).toMatchObject({ readsPassword });
});

test.each([
  ["frob", "There is no command “frob”."],
  ["toString", "There is no command “toString”."],
  ["add carl --name Carl", "This is not an e-mail address."],
  ["add carl@example.org", "--name is missing."],
  ["add carl@example.org --name=", "--name must have 1 to 100 characters."],
  ["add carl@example.org --name Carl\u001b[2J", "--name must have 1 to 100 characters."],
  ["add carl@example.org --name Carl --no-staff", "This command has no option --staff."],
  ["add --name Carl", "“people add” needs an e-mail address."],
  ["set carl@example.org", "“people set” needs --name, --staff, --no-staff, --admin or --no-admin."],
  ["set carl@example.org --stdin", "This command has no option --stdin."],
  ["password carl@example.org my-secret-password", "That is a word too many."],
  ["password carl@example.org --password=my-secret-password", "Unknown option '--password'."],
  ["list carl@example.org", "That is a word too many."],
  ["deactivate", "“people deactivate” needs an e-mail address."],
])("%s is not understood", (line, message) => {
  expect(() => understand(line.split(" "))).toThrow(expect.objectContaining({ code: "USAGE", message }));
});
