import type { Fields } from "#domain/fields.ts";
import { connectionName, flowName } from "#domain/ids.ts";
import { withCompanions } from "#engine/companions.ts";
import { never } from "../connectors/world.ts";
import type { Golden } from "./equal.ts";
import type { Spoke, Team } from "./team.ts";

/** The object of a tool as somebody changes it there, whom we do not count. */
export const byHand = ({ target, object }: Spoke) =>
  target(object, {
    connection: connectionName("people"),
    flow: flowName("by-hand"),
    content: null,
  });

/** As every tool can hold it. */
export const customer = (n: number): Fields => ({
  first_name: `Ada${String(n)}`,
  last_name: `Lovelace${String(n)}`,
  name: `Ada${String(n)} Lovelace${String(n)}`,
  email: `ada${String(n)}@firm${String(n)}.example.com`,
  phone: `+3317018${String(1000 + (n % 9000))}`,
  company_name: `Firm ${String(n)}`,
  "address.line1": `${String(n)} Rue de Rivoli`,
  "address.city": "Paris",
  "address.region": "IDF",
  "address.postcode": "75001",
  "address.country": "FR",
  notes: `Note ${String(n)}`,
});

export async function fill(spoke: Spoke, records: readonly Fields[]): Promise<void> {
  const target = byHand(spoke);
  const all = records.map((fields, n) => ({
    kind: "create" as const,
    key: String(n),
    hash: "h",
    fields: Object.fromEntries(Object.entries(fields).filter(([name]) => target.holds.has(name))),
  }));
  for (let at = 0; at < all.length; at += target.batch) {
    const writes = all.slice(at, at + target.batch);
    const sent = await target.send({ id: `fill-${spoke.as}-${String(at)}`, writes }, never);
    if (sent.kind !== "each" || sent.outcomes.some(({ kind }) => kind !== "accepted"))
      throw new Error(`${spoke.as}: ${JSON.stringify(sent)}`);
  }
}

const editable = ["phone", "mobile", "address.city", "company_name", "notes"];

/** Somebody changes something somewhere, again and again. Returns the records that were changed. */
export async function edit(
  team: Team,
  golden: readonly Golden[],
  times: number,
  random: () => number,
): Promise<readonly Golden[]> {
  const touched = new Set<Golden>();
  const pick = <One>(all: readonly One[]): One => {
    const one = all[Math.floor(random() * all.length)];
    if (one === undefined) throw new Error("there is nothing to choose from");
    return one;
  };
  for (let n = 0; n < times; n += 1) {
    const spoke = pick(team.spokes);
    const target = byHand(spoke);
    const field = pick(editable.filter((name) => target.holds.has(name)));
    const one = pick(golden);
    const id = one.at.get(spoke.as) ?? "";
    const [there] = await target.read([id], never);
    if (there === undefined) throw new Error(`${spoke.as} has lost ${id}`);
    const value = /phone|mobile/.test(field) ? `+3316012${String(1000 + n)}` : `Changed ${String(n)}`; // prettier-ignore
    const fields = withCompanions({ [field]: value }, there.fields, target.needs);
    const update = { kind: "update", key: id, hash: "h", id, version: there.version, fields } as const; // prettier-ignore
    const sent = await target.send({ id: `edit-${String(n)}`, writes: [update] }, never);
    if (sent.kind !== "each" || sent.outcomes[0]?.kind !== "accepted")
      throw new Error(`${spoke.as}: ${JSON.stringify(sent)}`);
    touched.add(one);
  }
  return [...touched];
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomBy(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
