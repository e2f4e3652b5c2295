import { NotPermitted, SignInAgain } from "#domain/errors.ts";
import type { Json } from "#domain/json.ts";
import { expect } from "vitest";
import { openDoor } from "../watching/door.ts";
import { never } from "../world.ts";
import { objectLines, type ObjectCase, type ObjectCases } from "./object-lines.ts";
import { signedIn, type ToolName, type Tried } from "./tool.ts";

/** An object that is read in several pages. */
type Long = readonly [object: string, about: ObjectCase];

/** Reads all of it, with something happening after the first page; the ids, and what was thrown. */
async function readWith(tried: Tried, object: string, happening: () => Promise<void>) {
  const ids = new Set<string>();
  let checkpoint: Json = null;
  let pages = 0;
  try {
    for await (const page of tried.source(object).pages(null, { gone: false, signal: never })) {
      for (const { id } of page.records) ids.add(id);
      checkpoint = page.checkpoint;
      if ((pages += 1) === 1) await happening();
    }
  } catch (error) {
    return { ids, checkpoint, error };
  }
  return { ids, checkpoint, error: null };
}

const allOf = async (tried: Tried, [object, about]: Long): Promise<ReadonlySet<string>> => {
  await tried.control("/_seed", { [about.known ?? object]: about.seed });
  return new Set((await tried.readAll(object)).records.map(({ id }) => id));
};

/** An access token that ends in the middle of a read is renewed once, and the read goes on. */
export async function renews(tried: Tried, long: Long): Promise<void> {
  const [object] = long;
  const whole = await allOf(tried, long);
  await tried.control("/_config", { access_token_ms: 1_000 });
  await tried.signIn();
  await tried.control("/_config", { access_token_ms: 3_600_000 });
  // Nobody knows before: the tool has to say so.
  const { fresh_until: _known, ...secret } = tried.world.vault.secret as Record<string, string>;
  tried.world.vault.secret = secret;
  const before = tried.world.vault.renewed;
  const { ids, error } = await readWith(tried, object, async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_100));
  });
  expect(error).toBeNull();
  expect(ids).toEqual(whole);
  expect(tried.world.vault.renewed - before).toBe(1);
}

/** Where the access is taken away a person is asked to sign in, and the read goes on from where it was. */
export async function revoked(
  tried: Tried,
  long: Long,
  told: "sign_in_again" | "not_permitted",
): Promise<void> {
  const [object] = long;
  const whole = await allOf(tried, long);
  const { ids, checkpoint, error } = await readWith(tried, object, async () => {
    await tried.control("/_config", { revoke: true });
  });
  expect(error).toBeInstanceOf(told === "sign_in_again" ? SignInAgain : NotPermitted);
  expect((error as Error).message).toMatch(/^[^\n]{10,200}$/);
  const health = await tried.world.tools.check(tried.connection, never);
  const problem = expect.stringMatching(/^[^\n]+ Reconnect [\w-]+ with a credential (that works|of the right account)\./) as string; // prettier-ignore
  expect(health).toEqual({ ok: false, problem });

  await tried.control("/_config", { revoke: false });
  await tried.signIn();
  const rest = await tried.readAll(object, checkpoint);
  expect(new Set([...ids, ...rest.records.map(({ id }) => id)])).toEqual(whole);
}

/** With the scopes that are asked for everything works, and with any one fewer something is refused. */
export async function scopesMinimal(name: ToolName, objects: ObjectCases): Promise<void> {
  const asked = await scopesOf(name);
  expect(asked.length).toBeGreaterThan(0);
  expect(await refusedWith(name, asked, objects)).toBeNull();
  for (const scope of asked) {
    const fewer = asked.filter((one) => one !== scope);
    expect([scope, await refusedWith(name, fewer, objects)]).toEqual([scope, expect.any(String)]);
  }
}

async function scopesOf(name: ToolName): Promise<readonly string[]> {
  await using tried = await signedIn(name);
  const { credentials } = tried.world.tools.facts(name) ?? { credentials: [] };
  return credentials.find(({ browser }) => browser)?.scopes ?? [];
}

/** What is not permitted with these scopes; null where all is. Everything else that fails is thrown. */
async function refusedWith(
  name: ToolName,
  scopes: readonly string[],
  objects: ObjectCases,
): Promise<string | null> {
  for (const [object, about] of Object.entries(objects)) {
    const opened = await signedIn(name, scopes).catch((error: unknown) => String(error));
    if (typeof opened === "string") return opened;
    await using tried = opened;
    try {
      await useAll(tried, object, about);
    } catch (error) {
      if (error instanceof NotPermitted) return error.message;
      throw error;
    }
  }
  return null;
}

const uses = ["lists", "creates", "updates", "upserts twice with one result", "archives"] as const;

/** What a flow does with an object. @throws NotPermitted, and whatever else goes wrong */
async function useAll(tried: Tried, object: string, about: ObjectCase): Promise<void> {
  const health = await tried.world.tools.check(tried.connection, never);
  if (!health.ok) throw new NotPermitted(health.problem);
  // What is chosen after signing in, as somebody who has chosen nothing yet is offered it.
  const unchosen = { ...tried.connection, settings: {} };
  for (const { problem } of await tried.world.tools.choices(unchosen, never))
    if (problem !== null) throw new NotPermitted(problem);
  const also = await about.also?.(tried);
  const once = { ...about, also: () => Promise.resolve(also ?? {}) };
  for (const line of uses)
    if (about.skip?.[line] === undefined) await objectLines[line](tried, object, once);
  await opens(tried, object);
  await isTold(tried, object);
}

/** Asks to be told of it, and then not to be any more, where the tool can be asked. */
async function isTold({ world, connection }: Tried, object: string): Promise<void> {
  const { watching } = world.tools;
  await using door = await openDoor(world, connection);
  for (const name of await watching.wanted(connection, [object], never)) {
    const { token, address } = await world.hooks.further(connection.name, world.clock.now());
    const hook = await watching.make(connection, name, { url: door.urlOf(token), address }, never);
    await watching.prolong(connection, name, hook, never);
    await watching.end(connection, name, hook, never);
  }
}

/** Reads what a file holds. */
async function opens(tried: Tried, object: string): Promise<void> {
  const { content } = tried.source(object);
  if (content === null) return;
  const { records } = await tried.readAll(object);
  const file = records.find(
    (one) => one.content.kind === "live" && Number(one.content.fields["size"]) > 0,
  );
  let size = 0;
  for await (const piece of (await content(file?.id ?? "", never)).bytes(0)) size += piece.length;
  expect(size).toBeGreaterThan(0);
}
