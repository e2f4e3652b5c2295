import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { messagesOf, storesAPage } from "./protocol.ts";

/** `before`: the statement that stores a page never arrives; `after`: it does, and nobody hears so. */
export type Cut = "before" | "after";

export type Line = AsyncDisposable & {
  port: number;
  /** Cuts the next connection on which a page is being stored. Resolves once that is done. */
  cut(when: Cut): Promise<void>;
};

/** The way from the workers to Postgres, which can be cut. */
export async function openLine(to: number): Promise<Line> {
  const open = new Set<Socket>();
  let wanted: { when: Cut; done: () => void } | null = null;

  const server = createServer((worker) => {
    const database = connect(to, "127.0.0.1");
    const both = [worker, database];
    const end = (): void => both.forEach((socket) => socket.destroy());
    for (const socket of both) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on("error", end);
      socket.on("close", () => {
        open.delete(socket);
        end();
      });
    }
    const messages = messagesOf();
    const storing = storesAPage();
    let deaf = false;
    worker.on("data", (chunk: Buffer) => {
      const stores = messages(chunk).some(storing);
      if (!stores || wanted === null) return void database.write(chunk);
      const { when, done } = wanted;
      wanted = null;
      done();
      if (when === "before") return end();
      deaf = true;
      database.write(chunk);
    });
    database.on("data", (chunk: Buffer) => {
      if (!deaf) return void worker.write(chunk);
      // By its answer we know that it has been carried out. A reset, which is not the same to a driver as an end.
      worker.resetAndDestroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    port: (server.address() as AddressInfo).port,
    cut: (when) => new Promise((done) => (wanted = { when, done })),
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
