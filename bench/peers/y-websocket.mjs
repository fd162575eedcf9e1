// @y/websocket-server as its own command starts it, in memory. HOST and PORT in the environment.
import "@y/websocket-server/server";
