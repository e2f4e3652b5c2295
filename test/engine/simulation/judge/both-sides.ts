import type { ConflictField } from "#domain/conflict.ts";
import { ruleOf } from "#domain/ownership.ts";
import type { World } from "../world.ts";
import { kept } from "../people/habits.ts";
import { linksOf, recordsAt, same, type Seen } from "./views.ts";

const fields = ["website", "notes", "name", "email"] as const;

/**
 * What is wrong between the two sides of a flow that goes both ways: every pair is equal or a person is asked,
 * nobody is there twice or alone, and what was edited last is what both have.
 */
export function bothSides(world: World): string[] {
  return [...wrongPairs(world), ...wrongSides(world)];
}

const flowOf = ({ plan }: World) => {
  const [flow] = plan.flows;
  if (flow === undefined) throw new Error("no flow");
  return flow;
};

const openLetters = ({ memory }: World) =>
  [...memory.letters.values()].filter(({ state }) => state.kind === "open" || state.kind === "discarded"); // prettier-ignore

function wrongPairs(world: World): string[] {
  const flow = flowOf(world);
  const waiting = new Set(openLetters(world).map(({ way, key }) => `${way} ${key}`));
  // What a person corrected of a dead letter stands where it was written alone.
  const corrected = new Set(
    [...world.memory.letters.values()].flatMap(({ edited, fields: { company_name: tag } }) => (edited === null ? [] : String(tag))), // prettier-ignore
  );
  const asked = new Map(
    [...world.memory.conflicts.values()]
      .filter(({ state }) => state.kind !== "settled")
      .map((conflict) => [conflict.key, conflict.fields]),
  );
  const left = new Map(recordsAt(world, flow.from).map((one) => [one.id, one]));
  const right = new Map(recordsAt(world, flow.to).map((one) => [one.id, one]));
  return [...linksOf(world, flow).values()].flatMap(({ key, id }) => {
    const [here, there] = [left.get(key), right.get(id)];
    if (!here || !there || here.gone || there.gone || corrected.has(here.tag)) return [];
    if (waiting.has(`there ${key}`) || waiting.has(`back ${id}`)) return [];
    return fields.flatMap((field) => {
      const open = asked.get(key)?.[field];
      const found = open === undefined ? wrongAgreement(world, here, there, field) : wrongQuestion(world, here, there, field, open); // prettier-ignore
      return found.map((what) => `${here.tag} ${field} ${what}`);
    });
  });
}

function wrongQuestion(
  world: World,
  here: Seen,
  there: Seen,
  field: string,
  open: ConflictField,
): string[] {
  // prettier-ignore
  const last = world.edits.get(`${here.tag} ${field}`);
  const untrue = !same(open.source, here.fields[field]) || !same(open.target, there.fields[field]);
  // After a crash nobody can tell what we wrote, or a tool's own form of it, from somebody's change.
  const { form, pingPong, storeRate } = world.plan;
  const crashed = world.staff.deaths() > 0 || storeRate > 0 || world.weather.store.wasReadOnly;
  const formed = form !== "as_given" || pingPong;
  const alone =
    !crashed && last !== undefined && last.sides.size < 2 && !(formed && field === "notes");
  return [
    ...(untrue ? [`is asked about, but not as it is`] : []),
    ...(alone ? ["is asked about, though it was edited on one side alone"] : []),
  ];
}

function wrongAgreement(world: World, here: Seen, there: Seen, field: string): string[] {
  const name = `${here.tag} ${field}`;
  const [mine, other] = [here.fields[field], there.fields[field]];
  const isKept = (given: unknown, shown: unknown): boolean => field === "notes" && typeof given === "string" && kept(world, given) === shown; // prettier-ignore
  if (!same(mine, other) && !isKept(mine, other))
    return [`is ${String(mine)} on the left and ${String(other)} on the right`];
  const last = isSure(world, field) && !world.decided.has(name) ? world.edits.get(name) : undefined;
  const lost = last !== undefined && last.value !== "either" && !same(mine, last.value) && !isKept(last.value, mine); // prettier-ignore
  return lost ? [`is ${String(mine)}, but was last made ${String(last.value)}`] : [];
}

/**
 * Whether what was edited last has to be there. An upsert that is repeated, since nobody answered, puts what
 * it brings over what somebody wrote in between: no tool that only upserts can be kept from that.
 */
export function isSure(world: World, field: string): boolean {
  if (world.plan.topology === "spokes") return isFair(world, field);
  const { twoWay } = flowOf(world);
  const { pingPong, crm, books } = world.plan;
  const upserts = crm.repeat === "upsert" || books.repeat === "upsert";
  return (twoWay?.fields[field] ?? twoWay?.default) === "ask" && !pingPong && !upserts;
}

/** Around the hub: where the newest counts, and no clock says that another one is. */
function isFair({ plan }: World, field: string): boolean {
  const exact = Object.values(plan.skew).every((ms) => ms === 0);
  return exact && ruleOf(plan.ownership, field).kind !== "order";
}

function wrongSides(world: World): string[] {
  const flow = flowOf(world);
  const links = [...linksOf(world, flow).values()];
  const letters = openLetters(world);
  return (["there", "back"] as const).flatMap((way) => {
    const live = recordsAt(world, way === "there" ? flow.from : flow.to).filter(
      ({ gone }) => !gone,
    );
    const linked = links.map(({ key, id }) => (way === "there" ? key : id));
    const side = way === "there" ? "left" : "right";
    const wrong = new Set(linked).size === linked.length ? [] : [`two links to one on the ${side}`];
    for (const [tag, all] of Map.groupBy(live, ({ tag }) => tag))
      if (all.length > 1) wrong.push(`${tag} is ${String(all.length)} times on the ${side}`);
    for (const { id, tag } of live) {
      const own = letters.filter((letter) => letter.way === way && letter.key === id);
      if (own.filter(({ state }) => state.kind === "open").length > 1) wrong.push(`${tag} has several letters`); // prettier-ignore
      if (!linked.includes(id) && own.length === 0) wrong.push(`${tag} is alone on the ${side}`);
    }
    return wrong;
  });
}
