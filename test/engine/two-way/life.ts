import { RetryLater, Unavailable } from "#domain/errors.ts";
import type { Fields } from "#domain/fields.ts";
import type { Problem } from "#domain/problem.ts";
import { truthRules, type TruthRule } from "#domain/truth.ts";
import { makeChance, type SeededChance } from "../../support/memory/chance.ts";
import { makePair, type Pair } from "../../support/memory/pair.ts";
import type { MemoryTarget, SendFault } from "../../support/memory/target.ts";
import { bringThrough } from "../simulation/scenario.ts";
import { disagreements } from "./rest.ts";

export type PairBug = { name: string; plant(pair: Pair): void };

const no: Problem = { class: "rejected", field: "name", code: "6240", message: "refused" };
const fields = ["phone", "notes", "company_name"] as const;
const rules = truthRules.filter((rule): rule is TruthRule => rule !== "union");

/** What was edited last of each field of each record, by its name, which nobody edits. */
export type Edits = Map<string, { value: string; sides: ReadonlySet<string> }>;

/** One life of a two-way flow, decided by a seed: returns what is wrong at rest, or nothing. */
export async function live(seed: number, bug: PairBug | null = null): Promise<readonly string[]> {
  const chance = makeChance(seed);
  const edits: Edits = new Map();
  const decided = new Set<string>();
  const pair = setUp(chance, seed, edits);
  bug?.plant(pair);
  const wrong: string[] = [];

  for (let round = 2 + chance.whole(4); round > 0; round -= 1) {
    change(pair, chance, edits, round);
    disturb(pair, chance);
    await decide(pair, chance, decided);
    const sync = { kind: "sync", full: chance.happens(0.3), approved: null } as const;
    await bringThrough(pair, chance, (await pair.queue(sync)).id, wrong);
    pair.clock.pass(chance.pick([10_000, 10 * 60_000]));
  }

  calm(pair);
  pair.clock.pass(60_000);
  await pair.ports.registry.turnFlow(pair.flow().name, { kind: "on" });
  for (const full of [false, true, false]) {
    const { id } = await pair.queue({ kind: "sync", full, approved: null });
    await bringThrough(pair, null, id, wrong);
    for (const { key, state } of pair.memory.conflicts.values())
      if (state.kind === "chosen" && !isWaiting(pair, key))
        wrong.push(`what was chosen for ${key} is not carried out`);
  }
  const sent = pair.left.sent.length + pair.right.sent.length;
  const { id } = await pair.queue({ kind: "sync", full: false, approved: null });
  await bringThrough(pair, null, id, wrong);
  if (pair.left.sent.length + pair.right.sent.length !== sent)
    wrong.push("it does not come to rest");
  return [...wrong, ...disagreements(pair, edits, decided)];
}

function setUp(chance: SeededChance, seed: number, edits: Edits): Pair {
  const rule = chance.pick([rules[0] ?? "ask", ...rules]);
  const pair = makePair(
    {
      match: ["email"],
      deletes: chance.pick(["ignore", "archive"]),
      twoWay: { default: chance.pick(["ask", rule]), fields: { notes: rule } },
    },
    seed,
  );
  for (const tool of [pair.left, pair.right])
    Object.assign(tool, {
      repeat: chance.pick(["request_id", "request_id", "upsert", "lookup"] as const),
      batch: 1 + chance.whole(6),
      parallel: 1 + chance.whole(3),
      lagMs: chance.pick([0, 0, 5_000]),
      wholeBatches: chance.happens(0.2),
      refuse: ({ name }: Fields) => (String(name).startsWith("bad") ? no : null),
    });
  if (chance.happens(0.3)) pair.right.keeps = cutting;
  for (const source of [pair.from, pair.to]) source.pageSize = 1 + chance.whole(6);
  for (let n = 3 + chance.whole(8); n > 0; n -= 1) {
    const key = `k${n}`;
    const sides = chance.pick<readonly ("left" | "right")[]>([
      ["left"],
      ["right"],
      ["left", "right"],
    ]);
    for (const side of sides) put(pair[side], chance, key, side, edits);
  }
  return pair;
}

/** Some tools cut what is too long for them. */
export const cutting = (fields: Fields): Fields =>
  typeof fields["notes"] === "string" ? { ...fields, notes: fields["notes"].slice(0, 9) } : fields;

/** A record that a tool refuses goes no way until somebody corrects it. */
const isWaiting = (pair: Pair, key: string): boolean => {
  const id = pair.links().get(key)?.id;
  return pair.letters("open").some((letter) => letter.key === key || letter.key === id);
};

function put(
  tool: MemoryTarget,
  chance: SeededChance,
  key: string,
  side: "left" | "right",
  edits: Edits,
): void {
  const name = `${chance.happens(0.08) ? "bad" : "good"} ${key}`;
  const phone = `+${side} ${key} first`;
  // Two that were there before anybody compared them: neither was edited after the other.
  const before = edits.has(`${key} phone`);
  edits.set(`${key} phone`, { value: before ? "either" : phone, sides: new Set(before ? ["left", "right"] : [side]) }); // prettier-ignore
  tool.put({ name, email: `${key}@example.com`, currency: key, phone });
}

let count = 0;
function change(pair: Pair, chance: SeededChance, edits: Edits, round: number): void {
  for (const side of ["left", "right"] as const)
    for (const row of [...pair[side].rows.values()]) {
      if (row.archived) continue;
      const key = String(row.fields["currency"]);
      for (const field of fields) {
        if (!chance.happens(0.15)) continue;
        const value = `${(count += 1)} on the ${side}`;
        pair[side].edit(row.id, { [field]: value });
        const sides = edits.get(`${key} ${field}`)?.sides ?? [];
        edits.set(`${key} ${field}`, { value, sides: new Set([...sides, side]) });
      }
      if (!chance.happens(0.03)) continue;
      pair[side].archive(row.id);
      // Whoever deletes a record deletes what was edited of it too.
      const sides = new Set(["left", "right"]);
      for (const field of fields) edits.set(`${key} ${field}`, { value: "either", sides });
    }
  const side = chance.pick(["left", "right"]);
  if (chance.happens(0.4)) put(pair[side], chance, `n${round}`, side, edits);
}

/** People decide about some of what they are asked. */
async function decide(pair: Pair, chance: SeededChance, decided: Set<string>): Promise<void> {
  for (const conflict of await pair.ports.conflicts.list({ limit: 100 })) {
    if (!chance.happens(0.4)) continue;
    const [field] = Object.keys(conflict.fields);
    if (field === undefined) continue;
    decided.add(`${String(conflict.record["currency"])} ${field}`);
    const choices = { [field]: chance.pick(["source", "target"]) } as const;
    await pair.ports.conflicts.choose(conflict.id, conflict.version, choices, "U1", pair.clock.now()); // prettier-ignore
  }
}

function disturb(pair: Pair, chance: SeededChance): void {
  const rate = chance.pick([0, 0.05, 0.3]);
  const sometimes = (): void => {
    if (chance.happens(rate / 4)) throw new Unavailable("down");
  };
  for (const tool of [pair.left, pair.right]) {
    tool.fault = () => {
      if (!chance.happens(rate)) return "none";
      return chance.pick<SendFault>(["lost before", "lost after", new RetryLater("slow", 1_000), new Unavailable("down")]); // prettier-ignore
    };
    tool.findFault = sometimes;
  }
  for (const source of [pair.from, pair.to]) source.fault = sometimes;
}

function calm(pair: Pair): void {
  for (const tool of [pair.left, pair.right]) {
    tool.fault = () => "none";
    tool.findFault = () => undefined;
  }
  for (const source of [pair.from, pair.to]) source.fault = () => undefined;
}
