import type { EntityName } from "#domain/entities/index.ts";
import type { Fields } from "#domain/fields.ts";
import type { Sent, Write } from "#domain/record.ts";
import type { Tried } from "../acceptance/tool.ts";
import { never } from "../world.ts";
import { kept, sample } from "../acceptance/samples.ts";

let requests = 0;

/** One write to an object, as the engine sends it. */
export function write(
  tried: Tried,
  object: string,
  one: Write,
  id = `req-${String((requests += 1))}`,
): Promise<Sent> {
  return tried.target(object).send({ id, writes: [one] }, never);
}

export const creating = (key: string, fields: Fields): Write => ({
  kind: "create",
  key,
  hash: "h",
  fields,
});
export const updating = (key: string, fields: Fields): Write => ({
  kind: "update",
  key,
  hash: "h",
  id: key,
  version: null,
  fields,
});
export const archiving = (key: string): Write => ({ kind: "archive", key, id: key, version: null });

/** A record with all an object can hold. */
export const whole = (tried: Tried, object: string, entity: EntityName, n = 0): Fields =>
  kept(sample(entity, n, "E"), tried.target(object).holds);

export const ok = (sent: Sent): string => {
  const outcome = sent.kind === "each" ? sent.outcomes[0] : undefined;
  if (outcome?.kind !== "accepted") throw new Error(`not accepted: ${JSON.stringify(sent)}`);
  return outcome.id;
};

export async function askTool(tried: Tried, path: string): Promise<Record<string, unknown>[]> {
  const answer = await fetch(tried.tool.base_url + path);
  return (await answer.json()) as Record<string, unknown>[];
}
