// A Hocuspocus server as its documentation sets one up. PORT; SQLITE=<file> keeps documents there; REDIS_PORT makes it
// one of several. `GET /written` answers how many bytes of documents it has stored.
import { Redis } from "@hocuspocus/extension-redis";
import { SQLite } from "@hocuspocus/extension-sqlite";
import { Server } from "@hocuspocus/server";

const { PORT, SQLITE, REDIS_PORT } = process.env;
let written = 0;

class CountingSQLite extends SQLite {
  constructor(configuration) {
    super(configuration);
    const { store } = this.configuration;
    this.configuration.store = (payload) => {
      written += payload.state.length;
      return store(payload);
    };
  }
}

const extensions = [];
if (SQLITE) extensions.push(new CountingSQLite({ database: SQLITE }));
if (REDIS_PORT) extensions.push(new Redis({ host: "127.0.0.1", port: Number(REDIS_PORT) }));

const server = new Server({
  port: Number(PORT),
  address: "127.0.0.1",
  quiet: true,
  extensions,
  onRequest: async ({ request, response }) => {
    if (request.url !== "/written") return;
    response.end(String(written));
    throw null; // Hocuspocus' way to say that the request is answered.
  },
});
await server.listen();
