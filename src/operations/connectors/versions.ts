import type { ConnectorVersion } from "#domain/ports/connector-versions.ts";
import type { Judged } from "#domain/ports/connector-facts.ts";
import { z } from "zod";
import { unknown } from "../find.ts";
import { connectorField } from "../input.ts";
import { operation } from "../operation.ts";
import type { World } from "../world.ts";
import { changeKind } from "./change.ts";
import { asksForMore, compare } from "./compare.ts";
import { connectionsOf, inUse, type InUse } from "./in-use.ts";
import type { ConnectorHistory, VersionLine } from "./reviewed.ts";

/** Each has to be read to say what it would ask for. */
const shown = 15;

export const connectorsVersions = operation("connectors.versions", {
  title: "Looking at the versions of a connector",
  needs: "operator",
  audited: "never",
  input: z.strictObject({ connector: connectorField }),
  told: (input) => input,

  async run({ connector: typed }, { world, at }): Promise<ConnectorHistory> {
    const connector = typed.toLowerCase();
    const now = await inUse(world, connector);
    const ours = world.tools.builtIn(connector);
    if (now.versions.length === 0 && ours === undefined) throw noConnector(world, typed);
    const lines = now.versions.slice(0, shown).map((version) => lineOf(world, version, now));
    const first: VersionLine[] =
      ours === undefined
        ? []
        : [
            {
              version: 0,
              registered: null,
              needsApproval: asksForMore(compare(now.described, ours).added),
              problem: null,
            },
          ];
    return {
      connector,
      title: now.described?.facts.title ?? ours?.facts.title ?? connector,
      current: now.version,
      versions: [...lines, ...first],
      more: Math.max(0, now.versions.length - shown),
      waiting: (await world.approvals.waiting(changeKind, connector, at)) ?? null,
      connections: await connectionsOf(world, connector),
    };
  },
});

function lineOf({ tools }: World, one: ConnectorVersion, now: InUse): VersionLine {
  const { version, registeredBy: by, registeredAt: at, approvedBy, hash, note, text } = one;
  const judged = tools.judge(text);
  return {
    version,
    registered: { by, at, approvedBy, hash, note },
    needsApproval: judged.kind === "good" && asksForMore(compare(now.described, judged).added),
    problem: judged.kind === "good" ? null : firstProblem(judged),
  };
}

export function firstProblem({ problems }: Extract<Judged, { kind: "wrong" }>): string {
  const [first] = problems;
  return first === undefined ? "it is not accepted" : `line ${first.line}: ${first.message}`;
}

/** @returns what names the nearest, or those there are */
export const noConnector = ({ tools }: Pick<World, "tools">, typed: string) =>
  unknown(
    "connector",
    typed,
    tools.catalogue().map(({ name }) => name),
  );
