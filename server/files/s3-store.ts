// Files in a bucket of an S3-compatible store: AWS S3, MinIO, Garage, R2, Ceph. Only this server talks to it; nobody
// gets an address of the bucket. Requests are signed by aws4fetch; the bucket is in the path, which all of them know.
import { AwsClient } from "aws4fetch";
import { type FileStore, KEY } from "./file-store.ts";
import { type Spooled, spool } from "./spool.ts";

export interface S3Settings {
  /** Such as https://s3.eu-central-1.amazonaws.com or http://minio:9000 */
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** How often a request is sent before its failure is believed, and the ms between. */
const TRIES = 3;
const PAUSE = 200;
/** ms until the store must have begun to answer; an upload may take this for each megabyte as well. */
const PATIENCE = 20_000;

/** What stores call having no room. */
const FULL = ["QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "InsufficientStorage"];

export class S3Store implements FileStore {
  readonly #client: AwsClient;
  readonly #bucket: string;
  readonly #folder: string;

  /** `folder`: where an upload waits until its length is known. */
  constructor({ endpoint, bucket, ...access }: S3Settings, folder: string) {
    this.#client = new AwsClient({ ...access, service: "s3" });
    this.#bucket = `${endpoint.replace(/\/+$/, "")}/${encodeURIComponent(bucket)}`;
    this.#folder = folder;
  }

  async put(key: string, bytes: AsyncIterable<Uint8Array>): Promise<number> {
    const address = this.#address(key);
    const spooled = await spool(this.#folder, bytes);
    try {
      await (await this.#send("PUT", address, spooled))?.body?.cancel();
      return spooled.size;
    } finally {
      await spooled.close();
    }
  }

  async get(key: string): Promise<ReadableStream<Uint8Array> | null> {
    return (await this.#send("GET", this.#address(key)))?.body ?? null;
  }

  async delete(key: string): Promise<void> {
    await (await this.#send("DELETE", this.#address(key)))?.body?.cancel();
  }

  #address(key: string): string {
    if (!KEY.test(key)) throw new Error("not the key of a file");
    return `${this.#bucket}/${key}`;
  }

  /** Null if there is no such file. Rejects with what to look at. */
  async #send(method: string, address: string, body?: Spooled): Promise<Response | null> {
    for (let left = TRIES - 1; ; left--) {
      const answer = await this.#sendOnce(method, address, body).catch((error: Error) => unreachable(address, error));
      if (answer instanceof Response && answer.ok) return answer;
      const problem = answer instanceof Response ? await refusal(method, answer) : answer;
      if (problem === null) return null;
      if (left === 0 || !problem.mayPass) throw problem.error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE * (TRIES - left)));
    }
  }

  async #sendOnce(method: string, address: string, body?: Spooled): Promise<Response> {
    // Of a request without a body aws4fetch leaves the hash out of the signature.
    const signed = await this.#client.sign(address, {
      method,
      ...(body ? { headers: { "x-amz-content-sha256": body.sha256 } } : {}),
    });
    const headers = { ...Object.fromEntries(signed.headers), ...(body ? { "content-length": String(body.size) } : {}) };
    const patience = new AbortController();
    const limit = setTimeout(() => patience.abort(), PATIENCE * (1 + (body?.size ?? 0) / 1_000_000));
    try {
      // A redirect leads to another region: the signature would not be valid there.
      const init = { method, headers, redirect: "manual", signal: patience.signal } as const;
      if (!body?.size) return await fetch(address, init);
      return await fetch(address, { ...init, body: body.stream(), duplex: "half" } as RequestInit);
    } finally {
      clearTimeout(limit);
    }
  }
}

interface Problem {
  error: Error;
  /** Whether the same request may succeed a moment later. */
  mayPass: boolean;
}

/** Null if it only says that there is no such file. */
async function refusal(method: string, response: Response): Promise<Problem | null> {
  const { status } = response;
  const code = /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1] ?? "";
  if (status === 404 && code !== "NoSuchBucket" && method !== "PUT") return null;
  const error = new Error(`The S3 store answered ${status} ${code} to ${method}. Look at the S3_ settings.`);
  const isFull = status === 507 || FULL.includes(code);
  return {
    error: isFull ? Object.assign(error, { code: "ENOSPC" }) : error,
    mayPass: !isFull && (status >= 500 || status === 429),
  };
}

function unreachable(address: string, cause: Error): Problem {
  const error = new Error(`The S3 store at ${new URL(address).origin} does not answer. Look at S3_ENDPOINT.`, {
    cause,
  });
  return { error, mayPass: true };
}
