import { expect, test } from "vitest";
import { connectionName } from "#domain/ids.ts";
import type { Registry, Safe } from "#domain/ports/registry.ts";
import type { Vault } from "#domain/ports/tools.ts";
import { inHand } from "../src/in-hand.ts";
import { makeFakeClock } from "./support/memory/clock.ts";
import { memoryHooks } from "./support/memory/hooks.ts";

const shop = connectionName("shop");

/** A store that counts how often it is asked, and what is kept of it in hand. */
function room() {
  const clock = makeFakeClock();
  const hooks = memoryHooks();
  let asked = 0;
  const counted = {
    ...hooks,
    find: (token: string) => ((asked += 1), hooks.find(token)),
    learned: (address: Parameters<typeof hooks.learned>[0]) => (
      (asked += 1),
      hooks.learned(address)
    ),
  };
  const registry = { connection: () => ((asked += 1), Promise.resolve(undefined)) };
  const held = inHand(
    {
      hooks: counted,
      registry: registry as unknown as Registry,
      vault: {} as Vault,
      safe: {} as Safe,
    },
    clock,
  );
  return { clock, hooks, held, asked: () => asked };
}

test("whose token it is, is asked once a second, however many messages come", async () => {
  const { clock, hooks, held, asked } = room();
  const token = await hooks.renew(shop, clock.now());
  for (let n = 0; n < 100; n += 1) expect((await held.hooks.find(token))?.connection).toBe("shop");
  expect(asked()).toBe(1);
  clock.pass(1000);
  await held.hooks.find(token);
  expect(asked()).toBe(2);
});

test("a token that is renewed here ends at once, and one that ended elsewhere within a second", async () => {
  const { clock, hooks, held } = room();
  const first = await held.hooks.renew(shop, clock.now());
  await held.hooks.find(first);
  const { token, address } = await held.hooks.further(shop, clock.now());
  expect(await held.hooks.find(token)).toBeDefined();
  await held.hooks.end(address);
  expect(await held.hooks.find(token)).toBeUndefined();

  const other = await held.hooks.further(shop, clock.now());
  await held.hooks.find(other.token);
  await hooks.end(other.address);
  expect(await held.hooks.find(other.token)).toBeDefined();
  clock.pass(1000);
  expect(await held.hooks.find(other.token)).toBeUndefined();
});

test("what is not there yet is looked for again by the next who asks", async () => {
  const { clock, hooks, held, asked } = room();
  const { address } = await hooks.further(shop, clock.now());
  expect(await held.hooks.learned(address)).toEqual([]);
  await hooks.learn(address, "secret", "only_first");
  expect(await held.hooks.learned(address)).toEqual(["secret"]);
  expect(await held.hooks.find("nobody's")).toBeUndefined();
  expect(await held.connectionInHand(shop)).toBeUndefined();
  const before = asked();
  await held.hooks.find("nobody's");
  await held.connectionInHand(shop);
  expect(asked()).toBe(before + 2);
});
