import { expect, test } from "vitest";
import { POST } from "./route.ts";

function choose(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return POST(
    new Request("https://write.example.org/api/language", {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    }),
  );
}

test("the choice is kept for a year, and only for our own pages", async () => {
  const answer = await choose({ locale: "ar" });
  expect(answer.status).toBe(204);
  expect(answer.headers.get("set-cookie")).toBe("yroom-locale=ar; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
});

test.each([{ locale: "xx" }, { locale: "ar; Domain=evil.example" }, {}, null, { locale: ["ar"] }])(
  "%j is refused",
  async (body) => {
    const answer = await choose(body);
    expect(answer.status).toBe(400);
    expect(answer.headers.get("set-cookie")).toBeNull();
  },
);

test("another site cannot choose", async () => {
  const answer = await choose({ locale: "ar" }, { "sec-fetch-site": "cross-site" });
  expect(answer.status).toBe(403);
  expect(answer.headers.get("set-cookie")).toBeNull();
});
