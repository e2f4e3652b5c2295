import { expect, test } from "vitest";
import { OutOfHours } from "#domain/errors.ts";
import { flowName } from "#domain/ids.ts";
import { never } from "./world.ts";
import { tryTool, type Tried } from "./acceptance/tool.ts";

const part = (flow: string, share: number) => ({ flow: flowName(flow), share });
const read = (tried: Tried, sharing: ReturnType<typeof part> | null) =>
  tried.world.tools
    .source(tried.connection, "contacts", sharing)
    .read(["003000000000001AAA"], never);

/** A day's calls in the books of all workers: whoever draws gets what is left. */
function counted({ world }: Tried): Map<string, number> {
  const drawn = new Map<string, number>();
  const { draw } = world.allowance;
  world.allowance.draw = (bucket, want) => {
    if (!bucket.name.startsWith("flow:")) return draw(bucket, want);
    const had = drawn.get(bucket.name) ?? 0;
    const calls = Math.min(want, bucket.calls - had);
    drawn.set(bucket.name, had + calls);
    return Promise.resolve({ calls, waitMs: calls > 0 ? 0 : 3_600_000 });
  };
  return drawn;
}

test("a flow that has used its share waits, says so, and keeps nobody else from working", async () => {
  await using salesforce = await tryTool("salesforce", { seed: 0 });
  const drawn = counted(salesforce);
  const requests = (): number =>
    Object.values(salesforce.tool.stats().requests).reduce((sum, one) => sum + one, 0);
  // Of what the org has, which the first answer tells: 15,000.
  const nightly = part("nightly", 0.0002);
  for (let n = 0; n < 3; n += 1) await read(salesforce, nightly);
  const before = requests();
  const refused = await read(salesforce, nightly).catch((error: unknown) => error);

  expect(refused).toBeInstanceOf(OutOfHours);
  expect(String(refused)).toContain(
    "nightly has made the 3 calls of Salesforce a day that it may; it goes on when some are free",
  );
  const wait = (refused as OutOfHours).until.since(salesforce.world.clock.now());
  expect(wait.total("minutes")).toBeGreaterThan(55);
  expect(requests()).toBe(before);
  expect(drawn.get("flow:nightly")).toBe(3);

  await read(salesforce, part("other", 0.5));
  await read(salesforce, null);
  expect(requests()).toBeGreaterThan(before);
});

test("where nothing is said of days there is nothing to share", async () => {
  await using tool = await tryTool("freshbooks", { seed: 0 });
  const drawn = counted(tool);
  await tool.world.tools.source(tool.connection, "clients", part("a", 0.01)).read(["1"], never);
  expect(drawn.size).toBe(0);
});
