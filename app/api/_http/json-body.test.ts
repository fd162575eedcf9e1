import { describe, expect, test } from "vitest";
import { z } from "zod";
import { readJson } from "#app/api/_http/json-body.ts";

const schema = z.strictObject({ title: z.string().max(5), tags: z.array(z.string()).default([]) });

async function read(body: BodyInit | null, type = "application/json") {
  const request = new Request("http://x/", { method: "POST", body, headers: { "content-type": type } });
  return readJson(request, schema);
}
async function refusal(body: BodyInit | null, type?: string) {
  const answer = await read(body, type);
  if (!("refused" in answer)) throw new Error("the body was taken");
  const { refused } = answer;
  expect(refused.headers.get("content-type")).toBe("application/problem+json");
  expect(refused.headers.get("cache-control")).toBe("no-store");
  const problem = await refused.json();
  expect(problem).toMatchObject({ type: "about:blank", status: refused.status, title: expect.stringMatching(/\.$/) });
  return problem;
}

test("a good body is validated and completed", async () => {
  expect(await read('{"title":"plan"}', "application/json; charset=utf-8")).toEqual({
    body: { title: "plan", tags: [] },
  });
});

describe("refused", () => {
  test.each([
    ["a form", "title=plan", "application/x-www-form-urlencoded", 415],
    ["another kind of JSON", "{}", "application/jsonp", 415],
    ["no JSON", "{title:1}", undefined, 400],
    ["nothing", null, undefined, 400],
    ["too much", `{"title":"${"x".repeat(17_000)}"}`, undefined, 413],
  ])("%s", async (_, body, type, status) => {
    expect(await refusal(body, type)).toMatchObject({ status });
  });

  test("bad fields, each by its path", async () => {
    expect(await refusal('{"title":"too long","tags":["a",7],"colour":1}')).toMatchObject({
      status: 400,
      detail: expect.stringContaining("tags.1: "),
      errors: [
        { field: "title", message: expect.any(String) },
        { field: "tags.1", message: expect.any(String) },
        { field: "", message: expect.stringContaining("colour") },
      ],
    });
  });

  test("a body without end, before it ends", async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled++;
        controller.enqueue(new Uint8Array(4096));
      },
    });
    const request = new Request("http://x/", {
      method: "POST",
      body: endless,
      headers: { "content-type": "application/json" },
      duplex: "half",
    } as RequestInit);
    const answer = await readJson(request, schema);
    expect("refused" in answer && answer.refused.status).toBe(413);
    expect(pulled).toBeLessThan(10);
  });
});
