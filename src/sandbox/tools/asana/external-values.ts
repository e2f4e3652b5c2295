import { type Given, isGiven } from "./endpoint.ts";
import { wrongField } from "./errors.ts";
import type { Task } from "./model.ts";
import type { Caller } from "./scopes.ts";
import { orNull, text } from "./values.ts";
import type { Workspace } from "./workspace.ts";

const LONGEST_GID = 1024;
const LONGEST_DATA = 32_768;

/** What an app keeps on a task. Only an app may; that a gid may stand on one task alone is unverified. */
export function externalValues(
  value: unknown,
  before: Task | null,
  caller: Caller,
  space: Workspace,
): Task["external"] {
  if (!caller.oauth)
    throw wrongField("external", "External data can only be set by an app that uses OAuth");
  if (value === null) return null;
  if (!isGiven(value)) throw wrongField("external", "Not an object");
  const strange = Object.keys(value).find((key) => !["gid", "data"].includes(key));
  if (strange !== undefined) throw wrongField(`external.${strange}`, "Unknown field");
  const { gid, data } = partsIn({ ...before?.external, ...value });
  const holder = space.byExternal(gid);
  if (holder !== undefined && holder.gid !== before?.gid)
    throw wrongField("external", `The gid is already in use by task ${holder.gid}`);
  return { gid, data };
}

function partsIn(given: Given): { gid: string; data: string | null } {
  const gid = text("external.gid", given["gid"]);
  const data = orNull(text)("external.data", given["data"] ?? null);
  refuseLength("external.gid", gid.length, 1, LONGEST_GID);
  refuseLength("external.data", data?.length ?? 0, 0, LONGEST_DATA);
  return { gid, data };
}

function refuseLength(name: string, length: number, min: number, max: number): void {
  if (length < min || length > max)
    throw wrongField(name, `Must be ${String(min)} to ${String(max)} characters`);
}
