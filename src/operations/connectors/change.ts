import type { Approval } from "#domain/approval.ts";
import { Mistake } from "#domain/errors.ts";
import type { ConnectorDescribed } from "#domain/ports/connector-facts.ts";
import { z } from "zod";
import { approversBesides } from "../approvals/approvers.ts";
import { mustBeSecond } from "../approvals/deciding.ts";
import type { ApprovalKind } from "../approvals/kind.ts";
import type { World } from "../world.ts";
import { inUse } from "./in-use.ts";
import { reviewOf } from "./review.ts";
import type { ConnectorChange } from "./reviewed.ts";

/** `base` is the version in use that it was compared with when it was made ready. */
const Change = z.strictObject({
  connector: z.string(),
  base: z.number().nullable(),
  to: z.union([
    z.strictObject({ text: z.string(), note: z.string() }),
    z.strictObject({ version: z.number() }),
  ]),
});
export type Change = z.output<typeof Change>;

export const changeKind = "connector";

/** Another version for a connector. */
export const connectorKind: ApprovalKind = {
  needs: "admin",
  card: ({ id }) => ({ kind: "approval", id }),
  approvers: ({ askedBy }, world) => approversBesides(world, askedBy, "admin"),
  mustAgree: (approval, by, world) => mustBeSecond(world, approval, by),

  async about(approval, world): Promise<ConnectorChange> {
    const { connector, to } = Change.parse(approval.what);
    const now = await inUse(world, connector);
    const text = "text" in to ? to.text : textOf(now, to.version);
    const described = describedBy(world, connector, text);
    return {
      kind: changeKind,
      connector,
      title: described?.facts.title ?? connector,
      text,
      note: "text" in to ? to.note : "",
      backTo: "text" in to ? null : to.version,
      version: "text" in to ? versionFrom(now, approval) : to.version,
      review: described === undefined ? null : await reviewOf(world, described, now),
    };
  },

  async check(approval, world) {
    const { connector, base, to } = Change.parse(approval.what);
    const now = await inUse(world, connector);
    if (now.version !== base) throw changedSince(connector, now.version);
    const text = "text" in to ? to.text : textOf(now, to.version);
    if (describedBy(world, connector, text) === undefined)
      throw new Mistake(`This version of ${connector} is not accepted any more.`);
  },

  async carryOut(approval, approvedBy, world) {
    const { connector, base, to } = Change.parse(approval.what);
    const version =
      "text" in to
        ? await addOnce(world, approval, { connector, base, to }, approvedBy)
        : await turnOnce(world, connector, base, to.version);
    if (version === undefined)
      throw changedSince(connector, (await inUse(world, connector)).version);
    return { connector, version, hash: "text" in to ? world.hash(to.text) : null };
  },
};

async function addOnce(
  { connectorVersions, hash }: World,
  { id, askedBy, at }: Approval,
  { connector, base, to }: Change & { to: { text: string; note: string } },
  approvedBy: string,
): Promise<number | undefined> {
  const there = async () =>
    (await connectorVersions.of(connector)).versions.find(({ approval }) => approval === id)
      ?.version;
  const before = await there();
  if (before !== undefined) return before;
  const about = { registeredBy: askedBy, registeredAt: at, approvedBy, approval: id };
  const added = { connector, text: to.text, hash: hash(to.text), note: to.note, ...about };
  return (await connectorVersions.add(added, base ?? 0)) ?? (await there());
}

async function turnOnce(
  { connectorVersions }: World,
  connector: string,
  base: number | null,
  to: number,
): Promise<number | undefined> {
  if (await connectorVersions.turn(connector, base ?? 0, to)) return to;
  return (await connectorVersions.of(connector)).current === to ? to : undefined;
}

const textOf = ({ versions }: Awaited<ReturnType<typeof inUse>>, version: number): string | null =>
  versions.find((one) => one.version === version)?.text ?? null;

const versionFrom = (
  { versions }: Awaited<ReturnType<typeof inUse>>,
  { id }: Approval,
): number | null => versions.find(({ approval }) => approval === id)?.version ?? null;

/** No text is what comes with this installation. */
function describedBy(
  { tools }: World,
  connector: string,
  text: string | null,
): ConnectorDescribed | undefined {
  if (text === null) return tools.builtIn(connector);
  const judged = tools.judge(text);
  return judged.kind === "good" && judged.facts.name === connector ? judged : undefined;
}

const changedSince = (connector: string, version: number | null): Mistake =>
  new Mistake(
    `${connector} was changed since this was asked for${version === null ? "" : `: version ${version} is in use now`}. It has to be asked for again.`,
  );
