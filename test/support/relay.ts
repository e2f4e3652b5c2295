import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** The way to a server of this machine, whose connections can be broken: all there are, at once. */
export type Relay = AsyncDisposable & {
  port: number;
  break(how: Break): void;
  /** From now on whatever is sent by new ones vanishes too. */
  swallow(): void;
};

/**
 * `reset`: as by a router that forgot them or a process that was killed; `closed`: as by one that ends them;
 * `silent`: as by a machine that died, whatever is sent vanishes.
 */
export type Break = "reset" | "closed" | "silent";

export async function openRelay(to: number): Promise<Relay> {
  const open = new Map<Socket, Socket>();
  let swallows = false;
  const server = createServer((near) => {
    const far = connect(to, "127.0.0.1");
    const end = (): void => {
      open.delete(near);
      near.destroy();
      far.destroy();
    };
    open.set(near, far);
    for (const socket of [near, far]) socket.on("error", end).on("close", end);
    if (!swallows) near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    break(how) {
      for (const [near, far] of [...open])
        if (how === "reset") near.resetAndDestroy();
        else if (how === "closed") near.destroy();
        else for (const socket of [near, far]) socket.unpipe().resume();
    },
    swallow() {
      swallows = true;
    },
    async [Symbol.asyncDispose]() {
      for (const near of open.keys()) near.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
