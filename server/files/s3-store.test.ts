// What goes wrong with an S3-compatible store, and what is said about it.
import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type S3Server, startS3 } from "./s3-server.test-helper.ts";
import { type S3Settings, S3Store } from "./s3-store.ts";

let folder = "";
let s3: S3Server;
beforeAll(async () => {
  s3 = await startS3();
  folder = await mkdtemp(join(tmpdir(), "yroom-spool-"));
});
afterAll(async () => {
  await s3.stop();
  await rm(folder, { recursive: true, force: true });
});

const words = () => Readable.from([Buffer.from("wo"), Buffer.from("rds")]);
const storeWith = (other: Partial<S3Settings>) => new S3Store({ ...s3.settings, ...other }, folder);

/** Stands before the real one and answers the first requests by itself. */
async function faulty(answers: { status: number; body?: string }[]) {
  let requests = 0;
  const server = createServer((incoming, response) => {
    const answer = answers[requests++];
    if (answer) {
      incoming.resume();
      response.writeHead(answer.status).end(answer.body);
      return;
    }
    // Host and all: the signature is of it, too.
    const { url = "", method, headers } = incoming;
    const onward = request(`${s3.settings.endpoint}${url}`, { method, headers }, (real) => {
      response.writeHead(real.statusCode ?? 500, real.headers);
      real.pipe(response);
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { endpoint, requests: () => requests, stop: () => server.close() };
}

test("wrong keys, a wrong bucket and a wrong address are said, and nothing stays here", async () => {
  const key = randomUUID();
  const wrong = storeWith({ secretAccessKey: "other" });
  await expect(wrong.put(key, words())).rejects.toThrow("403 SignatureDoesNotMatch to PUT");
  await expect(wrong.get(key)).rejects.toThrow("403 SignatureDoesNotMatch to GET");
  const elsewhere = storeWith({ bucket: "nobodys" });
  await expect(elsewhere.put(key, words())).rejects.toThrow("404 NoSuchBucket to PUT. Look at the S3_ settings.");
  await expect(elsewhere.get(key)).rejects.toThrow("404 NoSuchBucket to GET");
  const nobody = await faulty([]);
  nobody.stop();
  await expect(storeWith(nobody).put(key, words())).rejects.toThrow(`${nobody.endpoint} does not answer`);
  expect(await readdir(folder)).toEqual([]);
});

test("a store that stumbles is asked again, with all of the bytes; one that is full is not", async () => {
  const key = randomUUID();
  const stumbling = await faulty([{ status: 503 }, { status: 500 }]);
  expect(await storeWith(stumbling).put(key, words())).toBe(5);
  expect(stumbling.requests()).toBe(3);
  const bytes = await storeWith({}).get(key);
  expect(await new Response(bytes).text()).toBe("words");
  stumbling.stop();
  const full = await faulty([{ status: 507, body: "<Error><Code>XMinioStorageFull</Code></Error>" }]);
  await expect(storeWith(full).put(key, words())).rejects.toMatchObject({ code: "ENOSPC" });
  expect(full.requests()).toBe(1);
  full.stop();
});
