import { once } from "node:events";
import { Duplex } from "node:stream";
import { Worker } from "node:worker_threads";
import { StoreBroken } from "#domain/errors.ts";

export type Thread = AsyncDisposable & {
  /** Where a client speaks to it as to a server: one client, since there is one session. */
  socket: Duplex;
};

/**
 * Postgres inside this process, on a thread of its own so that nothing else waits for it; null is one that
 * is gone when the thread is. A thread that breaks down takes the process with it: nothing it said last can
 * be trusted, and the next start reads what is stored.
 */
export async function startThread(dataDir: string | null): Promise<Thread> {
  const thread = new Worker(new URL("pglite-thread.ts", import.meta.url), {
    workerData: { dataDir },
  });
  // One that cannot open rejects here.
  await once(thread, "message");
  const socket = socketTo(thread);
  const broken = (cause: unknown) => {
    const error = new StoreBroken("the embedded database broke down", { cause });
    socket.destroy(error);
    setImmediate(() => {
      throw error;
    });
  };
  thread.on("error", broken);
  return {
    socket,
    async [Symbol.asyncDispose]() {
      const ended = once(thread, "exit");
      thread.postMessage("close");
      await ended;
    },
  };
}

/** postgres.js 3.4.9 looks at `readyState` as only sockets have it, and ends what is `open`. */
function socketTo(thread: Worker): Duplex & { readyState: "open" } {
  const socket = new Duplex({
    read: () => undefined,
    write(said: Buffer, _encoding, done) {
      const own = ownMemory(said);
      thread.postMessage(own, [own.buffer]);
      done();
    },
    final(done) {
      socket.push(null);
      done();
    },
  });
  thread.on("message", ({ buffer }: Uint8Array<ArrayBuffer>) => socket.push(Buffer.from(buffer)));
  return Object.assign(socket, { readyState: "open" as const });
}

/** What shares its memory with others cannot change hands. */
const ownMemory = (said: Buffer): Uint8Array<ArrayBuffer> =>
  said.byteLength === said.buffer.byteLength && said.buffer instanceof ArrayBuffer
    ? (said as Uint8Array<ArrayBuffer>)
    : new Uint8Array(said);
