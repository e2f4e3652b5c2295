import type { HookAddress, HookOutcome } from "#domain/ports/hooks.ts";
import type { MadeHook } from "#domain/ports/watches.ts";
import { type ToolName, type Tried, tryTool } from "../acceptance/tool.ts";
import { never } from "../world.ts";
import { type Door, openDoor } from "./door.ts";

/** A tool with a connection to it, and a door of ours that it can send messages to. */
export type Told = Tried & {
  messages: Door["messages"];
  /** A fresh address, as the watch job gives it to the tool. */
  address(): Promise<{ url: string; address: HookAddress }>;
  /** The connection's own address, as a person gives it to the tool, with the secret they copied from there. */
  given(secret: string): Promise<string>;
  /** All the webhooks it takes to be told of an object. */
  watch(object: string): Promise<Watched[]>;
  unwatch(watched: readonly Watched[]): Promise<void>;
  /** The first message from `after` on that says the object has changed, if there is one in time. */
  until(object: string, after?: number, ms?: number): Promise<HookOutcome | undefined>;
  edit(object: string, id: string, set: Record<string, unknown>): Promise<unknown>;
};

export type Watched = { name: string; hook: MadeHook };

/** Waits until it is so, or the time is over. */
export async function within(ms: number, isSo: () => Promise<boolean>): Promise<void> {
  for (const ends = performance.now() + ms; performance.now() < ends;)
    if (await isSo()) return;
    else await new Promise((resolve) => setTimeout(resolve, 10));
}

export async function toldBy(name: ToolName): Promise<Told> {
  const tried = await tryTool(name);
  const { world, connection } = tried;
  const { tools, hooks, clock } = world;
  const door = await openDoor(world, connection);
  const { messages } = door;

  const self: Told = {
    ...tried,
    messages,
    async address() {
      const { token, address } = await hooks.further(connection.name, clock.now());
      return { url: door.urlOf(token), address };
    },
    async given(secret) {
      const token = await hooks.renew(connection.name, clock.now());
      const found = await hooks.find(token);
      await hooks.learn(found!.address, secret, "only_first");
      return door.urlOf(token);
    },
    async watch(object) {
      const names = await tools.watching.wanted(connection, [object], never);
      const watched: Watched[] = [];
      for (const one of names) {
        const at = await self.address();
        watched.push({ name: one, hook: await tools.watching.make(connection, one, at, never) });
        // FreshBooks' handshake comes after its answer, and its first message only after that.
        if (name === "freshbooks") await within(4000, async () => (await hooks.learned(at.address)).length > 0); // prettier-ignore
      }
      return watched;
    },
    async unwatch(watched) {
      for (const one of watched) await tools.watching.end(connection, one.name, one.hook, never);
    },
    async until(object, after = 0, ms = 10_000) {
      const found = () =>
        messages.slice(after).find(({ outcome }) => outcome.changed.includes(object));
      await within(ms, () => Promise.resolve(found() !== undefined));
      return found()?.outcome;
    },
    edit: (object, id, set) => tried.control("/_edit", { object, id, set }),
    async [Symbol.asyncDispose]() {
      await door[Symbol.asyncDispose]();
      await tried[Symbol.asyncDispose]();
    },
  };
  return self;
}
