import { Mistake } from "#domain/errors.ts";
import { z } from "zod";
import { findApproval } from "../approvals/deciding.ts";
import { askFor, draft, replaceWaiting } from "../approvals/request.ts";
import { connectorView } from "../approvals/view.ts";
import { connectorField } from "../input.ts";
import { operation, type Asked } from "../operation.ts";
import type { World } from "../world.ts";
import { changeKind, type Change } from "./change.ts";
import { asksForMore } from "./compare.ts";
import { inUse, type InUse } from "./in-use.ts";
import { reviewOf } from "./review.ts";
import { firstProblem, noConnector } from "./versions.ts";

export const connectorsUse = operation("connectors.use", {
  title: "Going to another version of a connector",
  needs: "admin",
  audited: "always",
  input: z.strictObject({
    connector: connectorField,
    version: z.int().min(0).describe("the number of a version"),
  }),
  told: (input) => input,

  async run({ connector: typed, version }, asked) {
    const { world, at } = asked;
    const connector = typed.toLowerCase();
    const now = await inUse(world, connector);
    if (now.version === null && now.versions.length === 0) throw noConnector(world, typed);
    if (now.version === version)
      throw new Mistake(`Version ${version} of ${connector} is in use already.`);
    const { added, stops } = await reviewOf(
      world,
      describedAs(world, connector, version, now),
      now,
    );
    if (asksForMore(added)) return ask(connector, version, now, asked);

    if (!(await world.connectorVersions.turn(connector, now.version ?? 0, version)))
      throw new Mistake(`Somebody changed ${connector} at the same time; nothing was done.`);
    await replaceWaiting(world, { kind: changeKind, subject: connector }, at);
    return { kind: "done", connector, version, stops };
  },
});

/** @throws Mistake when there is no such version, or it is not accepted any more */
function describedAs({ tools }: World, connector: string, version: number, now: InUse) {
  if (version === 0) {
    const ours = tools.builtIn(connector);
    if (ours !== undefined) return ours;
    throw new Mistake(`No ${connector} comes with this installation, so there is no version 0.`);
  }
  const found = now.versions.find((one) => one.version === version);
  if (found === undefined) throw new Mistake(`There is no version ${version} of ${connector}.`);
  const judged = tools.judge(found.text);
  if (judged.kind === "good") return judged;
  throw new Mistake(
    `Version ${version} of ${connector} is not accepted any more; ${firstProblem(judged)}.`,
  );
}

async function ask(connector: string, version: number, now: InUse, asked: Asked) {
  const { world, at } = asked;
  const what: Change = { connector, base: now.version, to: { version } };
  const id = await draft(world, { kind: changeKind, subject: connector, what }, asked);
  await askFor(world, { id, kind: changeKind, subject: connector }, at);
  const request = await connectorView(world, await findApproval(world, id));
  return { kind: "asked", request } as const;
}
