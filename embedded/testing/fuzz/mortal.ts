// Processes that can be killed, in one process: a channel layer and a storage that stop answering their worker or server
// at once and for ever, in the middle of whatever they were doing. What they were told before stays.
import type { ChannelLayer } from "#lib/channel-layer/channel-layer.ts";
import type { Storage } from "#worker/storage/storage.ts";

/** The life of one process. */
export class Life {
  isOver = false;

  end(): void {
    this.isOver = true;
  }

  /** The answer, or none ever again. */
  async answer<Value>(value: Promise<Value>): Promise<Value> {
    const answered = await value.catch((error: unknown) => {
      if (this.isOver) return this.#never<Value>();
      throw error;
    });
    return this.isOver ? this.#never() : answered;
  }

  #never<Value>(): Promise<Value> {
    return new Promise(() => {});
  }
}

/** `layer` as a process with this life sees it. */
export function mortalLayer(layer: ChannelLayer, life: Life): ChannelLayer {
  return guard(layer, life, {
    server: async (id, handlers) => {
      const heard = silence(handlers, life);
      return guard(await layer.server(id, heard), life, {});
    },
    worker: async (id, channel, handlers) => {
      const heard = silence(handlers, life);
      return guard(await layer.worker(id, channel, heard), life, {});
    },
  });
}

/** `pause` is awaited before and after each call, so that an end may come in between. */
export function mortalStorage(storage: Storage, life: Life, pause: () => Promise<void>): Storage {
  const slow = (call: () => Promise<unknown>) => async () => {
    await pause();
    if (life.isOver) return undefined;
    const value = await call();
    await pause();
    return value;
  };
  return new Proxy(storage, {
    get: (target, name: keyof Storage) => {
      return (...args: unknown[]) =>
        life.answer(slow(() => (target[name] as (...all: unknown[]) => Promise<unknown>)(...args))());
    },
  });
}

function guard<Target extends object>(target: Target, life: Life, own: Partial<Target>): Target {
  return new Proxy(target, {
    get: (from, name) => {
      if (Object.hasOwn(own, name)) return own[name as keyof Target];
      const value = from[name as keyof Target];
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        if (life.isOver) return new Promise(() => {});
        const answer: unknown = value.apply(from, args);
        return answer instanceof Promise ? life.answer(answer) : answer;
      };
    },
  });
}

function silence<Handlers extends object>(handlers: Handlers, life: Life): Handlers {
  return new Proxy(handlers, {
    get: (from, name) => {
      const value = from[name as keyof Handlers] as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => (life.isOver ? new Promise(() => {}) : value.apply(from, args));
    },
  });
}
