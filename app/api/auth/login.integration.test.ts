// The whole way in and out through the route, as Next calls it.
import "next/dist/server/node-environment-baseline.js";
import { workAsyncStorage } from "next/dist/server/app-render/work-async-storage.external.js";
import { workUnitAsyncStorage } from "next/dist/server/app-render/work-unit-async-storage.external.js";
import { RequestCookies } from "next/dist/server/web/spec-extension/cookies.js";
import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { GET, POST } from "#app/api/auth/[...nextauth]/route.ts";
import { startApi } from "#app/api/documents/api.test-helper.ts";
import { db } from "#prisma/client.ts";
import { hashPassword } from "#prisma/password.ts";

startApi();

const FORM = "application/x-www-form-urlencoded";
const jar = new Map<string, string>();

/** One browser: keeps the cookies it is given. */
async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const request = new NextRequest(`http://localhost:3000/api/auth/${path}`, {
    ...init,
    headers: { host: "localhost:3000", cookie: [...jar].map((pair) => pair.join("=")).join("; "), ...init.headers },
    duplex: "half",
  } as never);
  const cookies = new RequestCookies(request.headers);
  const unit = {
    type: "request",
    phase: "action",
    headers: request.headers,
    cookies,
    userspaceMutableCookies: cookies,
  };
  const context = { params: Promise.resolve({ nextauth: path.split("/") }) };
  const answer = await workAsyncStorage.run({ route: "/api/auth" } as never, () =>
    workUnitAsyncStorage.run(unit as never, () => (init.method === "POST" ? POST : GET)(request, context)),
  );
  for (const cookie of answer.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (value) jar.set(name, value);
    else jar.delete(name);
  }
  return answer;
}

const post = (path: string, body: BodyInit, type = FORM) =>
  ask(path, { method: "POST", body, headers: { "content-type": type } });
const token = async () => (await (await ask("csrf")).json()).csrfToken as string;
const isIn = () => jar.has("next-auth.session-token");

test("the right password lets in, signing out lets out, whether sent as a form or as JSON", async () => {
  await db().user.update({ where: { id: "ana" }, data: { passwordHash: await hashPassword("open sesame") } });
  for (const as of ["form", "json"]) {
    const send = (path: string, fields: Record<string, string>) =>
      as === "form"
        ? post(path, new URLSearchParams(fields).toString())
        : post(path, JSON.stringify(fields), "application/json");
    const csrfToken = await token();
    const wrong = { email: "ana@example.com", password: "shut", csrfToken, json: "true" };
    expect((await send("callback/credentials", wrong)).status).toBe(401);
    expect(isIn()).toBe(false);
    const right = { ...wrong, password: "open sesame" };
    expect((await send("callback/credentials", right)).status).toBe(200);
    expect(isIn()).toBe(true);
    expect((await send("signout", { csrfToken: "forged", json: "true" })).status).toBe(200);
    expect(isIn()).toBe(true);
    expect((await send("signout", { csrfToken, json: "true" })).status).toBe(200);
    expect(isIn()).toBe(false);
  }
});

test("a request without a body is no fault", async () => {
  expect((await ask("signout", { method: "POST", headers: { "content-type": "application/json" } })).status).toBe(302);
});

test.each([FORM, "application/json"])("a body of %s without end is refused before it ends", async (type) => {
  let pulled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (++pulled > 100) return controller.close();
      controller.enqueue(new Uint8Array(4096).fill(97));
    },
  });
  const answer = await post("callback/credentials", endless, type);
  expect(answer.status).toBe(413);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(pulled).toBeLessThan(10);
});
