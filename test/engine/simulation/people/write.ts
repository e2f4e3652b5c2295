import { noted } from "../faults/matrix.ts";
import type { ObjectName } from "../outside/manifest.ts";
import type { Place } from "../outside/outside.ts";
import type { NativeFields, Row } from "../outside/rows.ts";
import { isMutual } from "../plan.ts";
import type { World } from "../world.ts";
import { pasted } from "./poison.ts";
import { add, edit, keep, objectsOf, remove, sidesOf } from "./records.ts";

/** What people put into their tools. */
export function makeWriters(world: World) {
  const { chance, coverage } = world;
  let count = 0;
  const next = (): number => (count += 1);
  function text(place: Place): string {
    const usual = `${String(next())} On the ${place.tool.name}`;
    const odd = pasted(chance);
    if (odd === null) return usual;
    noted(coverage, odd.row);
    return `${usual} ${odd.text}`;
  }

  function customer(place: Place, tag: string): NativeFields {
    const twin = !isTwoWay && chance.happens(0.1);
    return {
      name: `${chance.happens(0.1) ? "bad" : "good"} ${tag}`,
      ...(!isNameless() && { email: `${twin ? "k1" : tag}@example.com` }),
      website: text(place),
      currency: !isTwoWay && chance.happens(0.06) ? "none of them" : chance.pick(["EUR", "USD"]),
      org: tag,
      notes: text(place),
    };
  }
  const isTwoWay = isMutual(world.plan.topology);
  const { nameless } = world.plan;
  const isNameless = (): boolean => nameless > 0 && chance.happens(nameless);

  function deal(place: Place, tag: string): NativeFields {
    const of = chance.pick([undefined, ...world.crm.tool.rows.live("customers")]);
    const customer = world.plan.topology === "references" && of !== undefined ? { customer: of.id } : {}; // prettier-ignore
    return { title: tag, notes: `${chance.happens(0.1) ? "bad " : ""}${text(place)}`, ...customer };
  }

  function put(place: Place, object: ObjectName, tag: string): void {
    if (object === "customers") add(world, place, object, customer(place, tag));
    else if (object === "files") {
      const path = `/${tag}.txt`;
      add(
        world,
        place,
        object,
        { path, name: `${tag}.txt`, kind: "file" },
        Buffer.from(text(place)),
      );
    } else add(world, place, object, deal(place, tag));
  }

  function change(place: Place, object: ObjectName, row: Row): void {
    if (object === "files") {
      const bytes = Buffer.from(text(place));
      return keep(world, place, object, place.tool.rows.change(object, row.id, { bytes }));
    }
    if (object === "deals") return edit(world, place, object, row, { notes: `${chance.happens(0.1) ? "bad " : ""}${text(place)}` }); // prettier-ignore
    if (isTwoWay) return edit(world, place, object, row, { [chance.pick(["website", "notes"])]: text(place) }); // prettier-ignore
    if (chance.happens(0.05)) {
      noted(coverage, "D12.type");
      return edit(world, place, object, row, {
        [chance.pick(["website", "currency"])]: ["a", "list"],
      });
    }
    const tag = String(row.fields["org"]);
    edit(world, place, object, row, chance.happens(0.3) ? customer(place, tag) : { notes: text(place) }); // prettier-ignore
  }

  /** Who looks for changes alone does not see again what was there long before. */
  function makeOld(): void {
    for (const { tool } of sidesOf(world))
      for (const object of objectsOf(world))
        for (const row of tool.rows.live(object)) Object.assign(row, { updatedMs: row.updatedMs - 3_600_000, listedMs: 0 }); // prettier-ignore
  }

  /** One that is there already is on one side, or on all. */
  function sidesOfOne(): readonly Place[] {
    if (!isTwoWay) return [world.crm];
    const all = sidesOf(world);
    const [first, second = first] = all;
    if (world.plan.topology === "two_way") return chance.pick([[first], [second], all]);
    return chance.happens(0.25) ? all : [chance.pick(all)];
  }

  return {
    /** What there is in the beginning, on one side or on both. */
    found(): void {
      const many = world.plan.many ? 26 : 3 + chance.whole(8);
      for (const object of objectsOf(world))
        for (let n = 1; n <= many; n += 1) {
          const tag = `${object === "customers" ? "k" : object.charAt(0)}${String(n)}`;
          const sides = sidesOfOne();
          for (const side of sides) put(side, object, tag);
        }
      if (chance.happens(0.7)) makeOld();
    },
    /** One of them does something. */
    one(): void {
      const place = chance.pick([world.crm, ...sidesOf(world)]);
      const object = chance.pick(["customers", ...objectsOf(world)]);
      if (!objectsOf(world).includes(object)) return;
      const row = chance.pick([undefined, ...place.tool.rows.live(object)]);
      if (row === undefined || chance.happens(0.15)) put(place, object, `n${String(next())}`);
      else if (chance.happens(0.12)) remove(world, place, object, row.id);
      else change(place, object, row);
    },
    /** Somebody corrects a record where it is. */
    mend(key: string): void {
      const object = objectsOf(world).find((name) => world.crm.tool.rows.of(name).get(key)?.deleted === false); // prettier-ignore
      const row = object && world.crm.tool.rows.of(object).get(key);
      if (row === undefined || object === undefined || object === "files") return;
      const name =
        "name" in row.fields ? { name: String(row.fields["name"]).replace("bad", "good") } : {};
      edit(world, world.crm, object, row, { ...name, notes: text(world.crm) });
    },
    /** Two people change the same field of the same record, each on their side. */
    duel(): void {
      const [first, ...others] = sidesOf(world);
      const second = others.length < 2 ? others[0] : chance.pick([others[0], ...others]);
      const here = chance.pick([undefined, ...first.tool.rows.live("customers")]);
      const there = second?.tool.rows.live("customers").find(({ fields }) => fields["org"] === here?.fields["org"]); // prettier-ignore
      if (here === undefined || there === undefined || second === undefined) return;
      const field = chance.pick(["website", "notes"]);
      const sides = [[first, here], [second, there]] as const; // prettier-ignore
      for (const [place, row] of chance.happens(0.5) ? sides : sides.toReversed())
        edit(world, place, "customers", row, { [field]: text(place) });
    },
    /** Somebody changes many records in one moment. */
    burst(): void {
      const [object = "customers"] = objectsOf(world);
      for (const row of world.crm.tool.rows.live(object).slice(0, 5))
        change(world.crm, object, row);
    },
  };
}
