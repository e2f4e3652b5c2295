import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** The way to a server of this machine, whose connections can be broken: all there are, at once. */
export type Relay = AsyncDisposable & { port: number; break(how: Break): void };

/** `reset`: as by a router that forgot them or a process that was killed; `closed`: as by one that ends them. */
export type Break = "reset" | "closed";

export async function openRelay(to: number): Promise<Relay> {
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(to, "127.0.0.1");
    const end = (): void => {
      open.delete(near);
      near.destroy();
      far.destroy();
    };
    open.add(near);
    for (const socket of [near, far]) socket.on("error", end).on("close", end);
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    break(how) {
      for (const near of [...open])
        if (how === "reset") near.resetAndDestroy();
        else near.destroy();
    },
    async [Symbol.asyncDispose]() {
      for (const near of open) near.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
