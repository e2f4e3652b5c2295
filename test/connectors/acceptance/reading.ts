import { QuotaSpent, RetryLater } from "#domain/errors.ts";
import type { Json } from "#domain/json.ts";
import { expect } from "vitest";
import { never } from "../world.ts";
import type { Tried } from "./tool.ts";

const idsOf = (records: readonly { id: string }[]): string[] => records.map(({ id }) => id).sort();

/** Every record that the tool has comes, each once, in several pages, and can be understood. */
export async function lists(tried: Tried, object: string): Promise<void> {
  const { records } = await tried.readAll(object);
  expect(records.length).toBeGreaterThan(0);
  for (const { content, raw } of records) {
    if (content.kind !== "live") continue;
    expect(Object.keys(content.fields).length).toBeGreaterThan(0);
    expect(raw().length).toBeGreaterThan(2);
  }
}

/** A list that is longer than a page comes whole. */
export async function pages(tried: Tried, object: string, there: number | null): Promise<void> {
  const { records, pages: read } = await tried.readAll(object);
  if (there !== null) expect(records.length).toBe(there);
  expect(new Set(idsOf(records)).size).toBe(records.length);
  expect(read).toBeGreaterThan(1);
}

/** After a full read nothing comes but what has changed, and that does. */
export async function incremental(
  tried: Tried,
  object: string,
  change: () => Promise<string>,
): Promise<void> {
  const full = await tried.readAll(object);
  const id = await change();
  // A search index may be behind by a moment.
  await new Promise((resolve) => setTimeout(resolve, 300));
  const changed = await tried.readAll(object, full.checkpoint);
  expect(idsOf(changed.records)).toContain(id);
  const none = await tried.readAll(object, changed.checkpoint);
  expect(none.records.length).toBeLessThanOrEqual(full.records.length);
}

/** Killed after the first page, a read goes on there in another process, and nothing is left out. */
export async function resumes(tried: Tried, object: string): Promise<void> {
  const whole = idsOf((await tried.readAll(object)).records);
  const before: { id: string }[] = [];
  let checkpoint: Json = null;
  for await (const page of tried.source(object).pages(null, { gone: false, signal: never })) {
    before.push(...page.records);
    checkpoint = page.checkpoint;
    break;
  }
  await using again = await tried.again();
  const after = JSON.parse(JSON.stringify(checkpoint)) as Json;
  const rest = await again.readAll(object, after);
  expect(idsOf([...new Map([...before, ...rest.records].map((one) => [one.id, one])).values()])).toEqual(whole); // prettier-ignore
}

/** Asked to wait a moment, we wait and go on; asked to wait long, the run parks and says until when. */
export async function waits(tried: Tried, object: string): Promise<void> {
  await tried.control("/_config", { faults: [{ kind: "too_many_requests", retry_after: 2 }] });
  expect((await tried.readAll(object)).records.length).toBeGreaterThan(0);
  expect(tried.world.clock.slept.some((ms) => ms > 0)).toBe(true);

  await tried.control("/_config", {
    faults: [{ kind: "too_many_requests", retry_after: 900, times: 1 }],
  });
  const parked = tried.readAll(object).then(
    () => "read on",
    (error: unknown) => error,
  );
  const outcome = await parked;
  if (outcome !== "read on") expect(outcome).toBeInstanceOf(RetryLater);
}

/** The second kind of 429: the allowance of a day or a month is gone, and nobody tries again at once. */
export async function quotaSpent(tried: Tried, object: string): Promise<void> {
  await tried.control("/_config", { quota: "spent" });
  await expect(tried.readAll(object)).rejects.toThrow(QuotaSpent);
  await tried.control("/_config", { quota: "fine" });
}

/** Members the tool adds one day change nothing, and what it leaves out is unknown and not empty. */
export async function drifts(tried: Tried, object: string): Promise<void> {
  const before = await tried.readAll(object);
  await tried.control("/_config", { faults: [{ kind: "drifted", times: "all" }] });
  const after = await tried.readAll(object);
  await tried.control("/_config", { clear: true });
  const fields = (read: typeof before) => new Map(read.records.map(({ id, content }) => [id, content])); // prettier-ignore
  expect(fields(after)).toEqual(fields(before));
}
