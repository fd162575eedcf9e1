/** What `people --help` prints. */
export const HELP = `usage: people <command>

  list                                    everybody, with rights
  add <email> --name <name> [--admin]     adds a member of the staff, and prints a password
  password <email>                        makes up a new password, and signs the person out
  set <email> [--name <name>] [--staff | --no-staff] [--admin | --no-admin]
                                          changes what is given; only staff may enter
  sign-out <email>                        ends every session of a person
  deactivate <email>                      signs a person out, and keeps them out
  activate <email>                        lets them in again

  --stdin    with add and password: reads the password, of at least 12 characters, from standard
             input; a made-up one is shown once, and no password is ever taken from the command line

A change reaches those who are logged in within two seconds. Works on the database of DATABASE_URL or,
while the server is stopped, on the one in DATA_DIR. Ends with 0: done, 1: refused or failed,
2: not understood.
`;
