import { Mistake } from "#domain/errors.ts";
import { z } from "zod";
import { operation } from "../operation.ts";
import { whenText, whoText } from "../when.ts";
import { entityField, entityNamed, ownersOf } from "./owners.ts";
import { ownerHint, ownershipFaults, ownershipOf } from "./rules.ts";

const words = z
  .union([z.string().max(60), z.array(z.string().max(60)).max(50)])
  .describe(ownerHint);

export const hubSetOwners = operation("hub.set-owners", {
  title: "Saying who owns what in the hub",
  needs: "admin",
  audited: "always",
  input: z.strictObject({
    entity: entityField,
    version: z.int().min(0).describe("the version that was changed"),
    owner: words,
    fields: z.record(z.string().max(60), words).describe("fields with an owner"),
  }),
  told: (input) => input,

  async run({ entity: named, version, ...given }, { world, by, at }) {
    const entity = entityNamed(named);
    const connections = (await world.registry.connections()).map(({ name }) => name);
    const [fault] = ownershipFaults(entity, given, connections);
    if (fault !== undefined)
      throw new Mistake(`${String(fault.path[1] ?? "owner")}: ${fault.message}.`, { usage: true });
    const next = { entity, version: version + 1, ownership: ownershipOf(given), by, at };
    if (!(await world.ownerships.add(next))) {
      const { changed } = await ownersOf(world, entity);
      const since = changed === null ? "" : ` (${whoText(changed.by)}, ${whenText(changed.at)})`;
      throw new Mistake(
        `Somebody changed this while you had it open${since}. Nothing of yours was kept: look at it again, then change it.`,
      );
    }
    return ownersOf(world, entity);
  },
});
